import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { access_query, ends_of } from '../../../api/access.ts';
import { api, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { Icon } from '../../../components/icon.tsx';
import { MergeUser } from './merge.tsx';
import { save_file } from './save_file.ts';
import type { OfUser } from './of_user.ts';

/** What can be done with a person; whatever ends access leads to its receipt. */
export function UserVerbs({ organization_id, user }: OfUser) {
  const { id, user_name, active } = user;
  const name = user.display_name ?? user_name;
  const { write_organization } = use_rights();
  const navigate = useNavigate();
  const [destruction, set_destruction] = useState<Destruction>();
  const [merging, set_merging] = useState(false);
  const { data: access } = useQuery(access_query(organization_id, { user_id: id }));
  const path = { organization_id, user_id: id };
  const refresh = [['organizations', organization_id]];
  const activate = use_change({
    run: (to: boolean) =>
      take(api.PATCH('/organizations/{organization_id}/users/{id}', { params: { path: { organization_id, id } }, body: { active: to } })),
    done: ({ active: now }) => (now ? `${name} may sign in again.` : `${name} has no access any more.`),
    refresh,
  });
  const end = use_change({
    run: () => take(api.DELETE('/organizations/{organization_id}/users/{user_id}/sessions', { params: { path } })),
    done: 'Every session has ended.',
    refresh,
  });
  const show_receipts = () => navigate({ to: '/organizations/$organization_id/users/$user_id', params: path, search: { tab: 'receipts' } });
  const export_all = async () =>
    save_file(`${user_name}.json`, await take(api.GET('/organizations/{organization_id}/users/{user_id}/export', { params: { path } })));
  if (!write_organization)
    return (
      <Button variant="default" onClick={() => void export_all()}>
        Export
      </Button>
    );
  const ends = ends_of(access);
  const deactivate: Destruction = {
    ...{ title: `End the access of ${name}?`, ends, name: user_name, verb: 'End access' },
    what: 'Every app hears of it, and this person does not sign in again until you allow it. A receipt says when each app was told.',
    async run() {
      await activate.mutateAsync(false);
      await show_receipts();
    },
  };
  const sign_out: Destruction = {
    ...{ title: `End every session of ${name}?`, ends, verb: 'End sessions' },
    what: 'Apps are told. This person can sign in again at once.',
    async run() {
      await end.mutateAsync(undefined);
      await show_receipts();
    },
  };
  const erase: Destruction = {
    ...{ title: `Erase ${name}?`, ends, name: user_name, verb: 'Erase' },
    what: 'Removes the person with everything that says who they were, also from the sign-in log and the audit record. This cannot be undone. The next sign-in makes somebody new.',
    async run() {
      await take(api.POST('/organizations/{organization_id}/users/{user_id}/erase', { params: { path } }));
      await navigate({ to: '/organizations/$organization_id/users', params: { organization_id } });
    },
  };
  return (
    <>
      {active ? (
        <Button color="red" variant="light" onClick={() => set_destruction(deactivate)}>
          End access
        </Button>
      ) : (
        <Button loading={activate.isPending} onClick={() => activate.mutate(true)}>
          Allow access again
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px="xs" aria-label="More">
            <Icon name="dots" />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="leave" />} onClick={() => set_destruction(sign_out)}>
            End every session
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="people" />} onClick={() => set_merging(true)}>
            Merge into another account
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="out" />} onClick={() => void export_all()}>
            Export everything that is kept
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<Icon name="trash" />} onClick={() => set_destruction(erase)}>
            Erase
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <MergeUser {...{ organization_id, user }} opened={merging} on_close={() => set_merging(false)} />
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </>
  );
}
