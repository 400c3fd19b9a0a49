import { Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { api, type Schemas, take } from '../../api/client.ts';
import { use_page } from '../../api/use_page.ts';
import { Card } from '../../components/card.tsx';
import { type Column, DataTable } from '../../components/data_table.tsx';
import { Empty } from '../../components/empty.tsx';
import { StatusBadge } from '../../components/status_badge.tsx';
import { TimeAgo } from '../../components/time_ago.tsx';

const route = getRouteApi('/shell/apps/$client_id');

const columns: readonly Column<Schemas['SignalStream']>[] = [
  {
    title: 'Delivered',
    cell: ({ method, endpoint_url, description }) => (
      <>
        <Text size="sm">{method === 'push' ? (endpoint_url ?? 'push') : 'fetched by the app (poll)'}</Text>
        {description !== null && (
          <Text size="xs" c="dimmed">
            {description}
          </Text>
        )}
      </>
    ),
  },
  {
    title: 'State',
    cell: ({ status, status_reason }) => (
      <>
        <StatusBadge status={status} /> {status_reason}
      </>
    ),
  },
  { title: 'Waiting', cell: ({ waiting }) => waiting, end: true },
  { title: 'Given up', cell: ({ given_up }) => given_up, end: true },
  { title: 'Verified', cell: ({ verified_at }) => <TimeAgo at={verified_at} /> },
];

/** Whether the app hears of ended sessions by Shared Signals; it makes and changes its stream itself. */
export function Streams({ client_id }: { readonly client_id: string }) {
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const query = use_page(['clients', client_id, 'signal-streams', after], () =>
    take(api.GET('/clients/{id}/signal-streams', { params: { path: { id: client_id }, query: { limit: 50, after } } })),
  );
  return (
    <Card title="Shared signals" note="Security events of ended sessions (SSF 1.0, CAEP)." flush>
      <DataTable
        label="Streams"
        columns={columns}
        query={query}
        row_key={({ id }) => id}
        after={after}
        on_page={(to) => void navigate({ search: { tab: 'signals', after: to } })}
        empty={
          <Empty icon="shield" title="The app has no stream">
            It makes one itself: with the scope ssf.manage, at the address that /.well-known/ssf-configuration names. Back-channel logout
            needs none.
          </Empty>
        }
      />
    </Card>
  );
}
