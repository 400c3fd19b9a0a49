import { Button, Group, Menu, Modal } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { Icon } from '../../../components/icon.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { SecretOnce, type ShownSecret } from '../../../components/secret_once.tsx';
import { StatusBadge } from '../../../components/status_badge.tsx';
import { NewInlineHook } from './new_inline_hook.tsx';

type Hook = Schemas['InlineHook'];
const route = getRouteApi('/shell/hooks');

export function InlineHooks() {
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const { write_installation } = use_rights();
  const [making, set_making] = useState(false);
  const [secret, set_secret] = useState<ShownSecret>();
  const [destruction, set_destruction] = useState<Destruction>();
  const refresh = [['inline-hooks']];
  const query = useQuery({
    queryKey: ['inline-hooks', after],
    queryFn: () => take(api.GET('/inline-hooks', { params: { query: { limit: 50, ...(after !== undefined && { after }) } } })),
    placeholderData: keepPreviousData,
  });
  const toggle = use_change({
    run: ({ id, enabled }: Hook) => take(api.PATCH('/inline-hooks/{id}', { params: { path: { id } }, body: { enabled: !enabled } })),
    refresh,
    done: ({ enabled }) => (enabled ? 'It is on.' : 'It is off.'),
  });
  const rotate = use_change({
    run: ({ id }: Hook) => take(api.POST('/inline-hooks/{id}/rotate-secret', { params: { path: { id } } })),
    refresh,
    then: ({ secret: fresh }) =>
      set_secret({ title: 'The new secret', values: [['Secret', fresh]], next: 'The one before signs beside it for a day.' }),
  });
  const remove = use_change({
    run: (id: string) => take(api.DELETE('/inline-hooks/{id}', { params: { path: { id } } })),
    ...{ refresh, done: 'It is gone.' },
  });
  const ask_removal = ({ id, url }: Hook) =>
    set_destruction({
      ...{ title: 'Delete this inline hook?', verb: 'Delete', name: 'delete', run: () => remove.mutateAsync(id) },
      what: `${url} is not asked any more: sign-ins go on without it.`,
    });
  const columns: readonly Column<Hook>[] = [
    {
      title: 'Address',
      cell: ({ id, url }) => (
        <Link to="/inline-hooks/$hook_id" params={{ hook_id: id }} className="row-link">
          {url}
        </Link>
      ),
    },
    { title: 'Asked', cell: ({ point }) => point.replaceAll('_', ' ') },
    { title: 'Without an answer', cell: ({ on_failure }) => (on_failure === 'fail_closed' ? 'nobody comes in' : 'it goes on') },
    { title: 'Status', cell: ({ enabled }) => <StatusBadge status={enabled ? 'enabled' : 'off'} /> },
    {
      title: 'Do',
      end: true,
      cell: (hook) =>
        write_installation && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="compact-sm" variant="default" aria-label={`What to do with ${hook.url}`}>
                <Icon name="dots" size={16} />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => toggle.mutate(hook)}>{hook.enabled ? 'Switch off' : 'Switch on'}</Menu.Item>
              <Menu.Item onClick={() => rotate.mutate(hook)}>New secret</Menu.Item>
              <Menu.Item color="red" onClick={() => ask_removal(hook)}>
                Delete
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        ),
    },
  ];
  const make = write_installation && (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => set_making(true)}>
      New inline hook
    </Button>
  );
  return (
    <>
      <Group justify="flex-end" mb="sm">
        {make}
      </Group>
      <ProblemAlert error={toggle.error ?? rotate.error} />
      <Card flush>
        <DataTable
          label="Inline hooks"
          columns={columns}
          query={query}
          row_key={({ id }) => id}
          after={after}
          on_page={(next) => void navigate({ search: (before) => ({ ...before, after: next }) })}
          empty={
            <Empty icon="hook" title="Nobody is asked" action={make}>
              An inline hook is asked before a user is made, before tokens are signed, or after a sign-in: it may refuse, and add claims.
            </Empty>
          }
        />
      </Card>
      <Modal opened={making} onClose={() => set_making(false)} title="New inline hook">
        <NewInlineHook on_close={() => set_making(false)} on_secret={set_secret} />
      </Modal>
      <SecretOnce secret={secret} on_close={() => set_secret(undefined)} />
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </>
  );
}
