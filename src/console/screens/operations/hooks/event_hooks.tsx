import { Button, Group, Modal } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { Icon } from '../../../components/icon.tsx';
import { SecretOnce, type ShownSecret } from '../../../components/secret_once.tsx';
import { StatusBadge } from '../../../components/status_badge.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { NewEventHook } from './new_event_hook.tsx';

const route = getRouteApi('/shell/hooks');

const columns: readonly Column<Schemas['EventHook']>[] = [
  {
    title: 'Address',
    cell: ({ id, url }) => (
      <Link to="/hooks/$hook_id" params={{ hook_id: id }} className="row-link">
        {url}
      </Link>
    ),
  },
  { title: 'Hears of', cell: ({ events }) => (events === 'all' ? 'everything' : events.join(', ')) },
  {
    title: 'Status',
    cell: ({ enabled, disabled_reason }) => <StatusBadge status={enabled ? 'enabled' : disabled_reason === null ? 'off' : 'failed'} />,
  },
  { title: 'Since', cell: ({ created_at }) => <TimeAgo at={created_at} />, end: true },
];

export function EventHooks() {
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const { write_installation } = use_rights();
  const [making, set_making] = useState(false);
  const [secret, set_secret] = useState<ShownSecret>();
  const query = useQuery({
    queryKey: ['event-hooks', after],
    queryFn: () => take(api.GET('/event-hooks', { params: { query: { limit: 50, ...(after !== undefined && { after }) } } })),
    placeholderData: keepPreviousData,
  });
  const make = write_installation && (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => set_making(true)}>
      New event hook
    </Button>
  );
  return (
    <>
      <Group justify="flex-end" mb="sm">
        {make}
      </Group>
      <Card flush>
        <DataTable
          label="Event hooks"
          columns={columns}
          query={query}
          row_key={({ id }) => id}
          after={after}
          on_page={(next) => void navigate({ search: (before) => ({ ...before, after: next }) })}
          empty={
            <Empty icon="hook" title="Nobody hears of anything" action={make}>
              An event hook is an endpoint of yours that is sent what happens: people made and switched off, sign-ins, certificates that
              end.
            </Empty>
          }
        />
      </Card>
      <Modal opened={making} onClose={() => set_making(false)} title="New event hook">
        <NewEventHook on_close={() => set_making(false)} on_secret={set_secret} />
      </Modal>
      <SecretOnce secret={secret} on_close={() => set_secret(undefined)} />
    </>
  );
}
