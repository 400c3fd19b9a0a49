import { Button, Group, Menu, Modal } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { Icon } from '../../../components/icon.tsx';
import { LinkAnchor, LinkButton } from '../../../components/links.tsx';
import { SecretOnce, type ShownSecret } from '../../../components/secret_once.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { NewAdminKey } from './new_admin_key.tsx';

type Key = Schemas['AdminKey'];
const route = getRouteApi('/shell/keys');

export function AdminKeys() {
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const { owner } = use_rights();
  const [making, set_making] = useState(false);
  const [secret, set_secret] = useState<ShownSecret>();
  const [destruction, set_destruction] = useState<Destruction>();
  const refresh = [['admin-keys']];
  const query = useQuery({
    queryKey: ['admin-keys', after],
    queryFn: () => take(api.GET('/admin-keys', { params: { query: { limit: 50, ...(after !== undefined && { after }) } } })),
    placeholderData: keepPreviousData,
  });
  const revoke = use_change({
    run: (id: string) => take(api.DELETE('/admin-keys/{id}', { params: { path: { id } } })),
    ...{ refresh, done: 'The key opens nothing any more.' },
  });
  const reset = use_change({
    run: (id: string) => take(api.DELETE('/admin-keys/{id}/second-factors', { params: { path: { id } } })),
    ...{ refresh, done: 'Its holder sets up a new second factor at the next sign-in.' },
  });
  const ask_revoke = ({ id, name }: Key) =>
    set_destruction({
      ...{ title: `Revoke ${name}?`, verb: 'Revoke', name, run: () => revoke.mutateAsync(id) },
      what: 'Programs that use this key are refused from now on.',
      ends: ['Every session at the console under this key', 'Its second factors and recovery codes'],
    });
  const ask_reset = ({ id, name }: Key) =>
    set_destruction({
      ...{ title: `Remove the second factors of ${name}?`, verb: 'Remove them', name, run: () => reset.mutateAsync(id) },
      what: 'For a holder who lost phone, passkey and recovery codes. Be sure who asks.',
      ends: ['Every session at the console under this key'],
    });
  const columns: readonly Column<Key>[] = [
    { title: 'Name', cell: ({ name }) => <strong>{name}</strong> },
    { title: 'Role', cell: ({ role }) => role.replaceAll('_', ' ') },
    {
      title: 'Organization',
      cell: ({ organization_id }) =>
        organization_id !== null && (
          <LinkAnchor to="/organizations/$organization_id" params={{ organization_id }}>
            {organization_id}
          </LinkAnchor>
        ),
    },
    { title: 'Last used', cell: ({ last_used_at }) => <TimeAgo at={last_used_at} /> },
    { title: 'Ends', cell: ({ expires_at }) => <TimeAgo at={expires_at} /> },
    {
      title: 'Do',
      end: true,
      cell: (key) =>
        owner && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="compact-sm" variant="default" aria-label={`What to do with ${key.name}`}>
                <Icon name="dots" size={16} />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => ask_reset(key)}>Remove its second factors</Menu.Item>
              <Menu.Item color="red" onClick={() => ask_revoke(key)}>
                Revoke
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        ),
    },
  ];
  const make = owner && (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => set_making(true)}>
      New admin key
    </Button>
  );
  return (
    <>
      <Group justify="flex-end" mb="sm">
        <LinkButton to="/security" variant="default">
          Your second factor
        </LinkButton>
        {make}
      </Group>
      <Card flush>
        <DataTable
          label="Admin keys"
          columns={columns}
          query={query}
          row_key={({ id }) => id}
          after={after}
          on_page={(next) => void navigate({ search: (before) => ({ ...before, after: next }) })}
          empty={
            <Empty icon="key" title="Only the key of the settings" action={make}>
              Give each person and each program a key of its own: then the record says who it was, and one can be revoked.
            </Empty>
          }
        />
      </Card>
      <Modal opened={making} onClose={() => set_making(false)} title="New admin key">
        <NewAdminKey on_close={() => set_making(false)} on_secret={set_secret} />
      </Modal>
      <SecretOnce secret={secret} on_close={() => set_secret(undefined)} />
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </>
  );
}
