import { Text } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_page } from '../../../api/use_page.ts';
import { Card } from '../../../components/card.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { LinkAnchor, LinkButton } from '../../../components/links.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { TargetState } from '../../apps/targets/target_state.tsx';

const route = getRouteApi('/shell/scim-targets');

const columns: readonly Column<Schemas['SCIMTarget']>[] = [
  {
    title: 'Target',
    cell: ({ id, name, base_url }) => (
      <>
        <Link to="/scim-targets/$target_id" params={{ target_id: id }} className="row-link">
          {name}
        </Link>
        <Text size="sm" c="dimmed">
          {base_url}
        </Text>
      </>
    ),
  },
  {
    title: 'App',
    cell: ({ client_id }) => (
      <LinkAnchor to="/apps/$client_id" params={{ client_id }}>
        {client_id}
      </LinkAnchor>
    ),
  },
  { title: 'State', cell: (target) => <TargetState target={target} /> },
  { title: 'It said', cell: ({ last_error }) => last_error ?? '' },
  { title: 'Last told', cell: ({ last_success_at }) => <TimeAgo at={last_success_at} />, end: true },
];

/** Every app that is told who its people are. */
export function ScimTargets() {
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const query = use_page(['scim-targets', 'list', after], () =>
    take(api.GET('/scim-targets', { params: { query: { limit: 50, after } } })),
  );
  return (
    <>
      <PageHead title="SCIM targets" lead="Apps that are told of people before they sign in, and at once when they leave." />
      <Card flush>
        <DataTable
          label="SCIM targets"
          columns={columns}
          query={query}
          row_key={({ id }) => id}
          after={after}
          on_page={(to) => void navigate({ search: { after: to } })}
          empty={
            <Empty icon="sync" title="No app is told of people" action={<LinkButton to="/apps">To the apps</LinkButton>}>
              Open an app that speaks SCIM, and tell it of its people there.
            </Empty>
          }
        />
      </Card>
    </>
  );
}
