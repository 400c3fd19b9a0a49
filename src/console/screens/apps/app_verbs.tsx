import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client_access_query, ends_of } from '../../api/access.ts';
import { api, type Schemas, take } from '../../api/client.ts';
import { use_change } from '../../api/use_change.ts';
import { use_rights } from '../../api/use_session.ts';
import { ConfirmDestructive, type Destruction } from '../../components/confirm_destructive.tsx';
import { Icon } from '../../components/icon.tsx';
import { has_secret } from './kind.ts';
import { NewSecret } from './new_secret.tsx';

export function AppVerbs({ client }: { readonly client: Schemas['Client'] }) {
  const { id, enabled } = client;
  const name = client.client_name ?? id;
  const { write_installation } = use_rights();
  const navigate = useNavigate();
  const [destruction, set_destruction] = useState<Destruction>();
  const [rotating, set_rotating] = useState(false);
  const { data: access } = useQuery({ ...client_access_query(id), enabled: write_installation });
  const enable = use_change({
    run: (to: boolean) => take(api.PATCH('/clients/{id}', { params: { path: { id } }, body: { enabled: to } })),
    done: ({ enabled: on }) => (on ? `${name} is on.` : `${name} is off.`),
    refresh: [['clients']],
  });
  if (!write_installation) return null;
  const off: Destruction = {
    ...{
      title: `Switch off ${name}?`,
      ends: ends_of(access),
      verb: 'Switch off',
      what: 'Nobody signs in to it until it is on again, and its tokens end.',
    },
    run: () => enable.mutateAsync(false),
  };
  const remove: Destruction = {
    ...{
      title: `Delete ${name}?`,
      ends: ends_of(access),
      name,
      verb: 'Delete the app',
      what: 'Its registration, its secret and its consents are gone. This cannot be undone.',
    },
    async run() {
      await take(api.DELETE('/clients/{id}', { params: { path: { id } } }));
      await navigate({ to: '/apps' });
    },
  };
  return (
    <>
      {has_secret(client) && (
        <Button variant="default" leftSection={<Icon name="key" size={16} />} onClick={() => set_rotating(true)}>
          New secret
        </Button>
      )}
      {enabled ? (
        <Button variant="default" onClick={() => set_destruction(off)}>
          Switch off
        </Button>
      ) : (
        <Button loading={enable.isPending} onClick={() => enable.mutate(true)}>
          Switch on
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px="xs" aria-label="More">
            <Icon name="dots" />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" leftSection={<Icon name="trash" />} onClick={() => set_destruction(remove)}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <NewSecret {...{ client }} opened={rotating} on_close={() => set_rotating(false)} />
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </>
  );
}
