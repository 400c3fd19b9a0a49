import { Button, Group, Stack, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '../../../api/client.ts';
import { field_errors, use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import type { OfUser } from './of_user.ts';

type Role = OfUser['user']['roles'][number];
/** Roles for one app have the app behind them. */
const label_of = (role: Role): string => (typeof role === 'string' ? role : `${role.role} in ${role.client_id}`);

/** The roles that this person was given by hand; what groups bring along is decided by role mappings. */
export function RolesByHand({ organization_id, user: { id, roles }, etag }: OfUser) {
  const { see_installation } = use_rights();
  const [chosen, choose] = useState<readonly string[]>(roles.map(label_of));
  const known = useQuery({
    queryKey: ['roles', 'all'],
    queryFn: () => take(api.GET('/roles', { params: { query: { limit: 100 } } })),
    enabled: see_installation,
  });
  const given = (label: string): Role => roles.find((role) => label_of(role) === label) ?? label;
  const save = use_save({ organization_id, id, etag });
  const changed = chosen.length !== roles.length || roles.some((role) => !chosen.includes(label_of(role)));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(chosen.map(given));
      }}
    >
      <Stack gap="sm">
        <ProblemAlert error={save.error} />
        <TagsInput
          label="Roles given by hand"
          description="org_admin looks after this organization at /setup, signed in through its own connection."
          value={[...chosen]}
          onChange={choose}
          data={(known.data?.data ?? []).filter(({ client_id }) => client_id === null).map(({ name }) => name)}
          error={field_errors(save.error)['roles']}
        />
        {changed && (
          <Group>
            <Button type="submit" size="xs" loading={save.isPending}>
              Save the roles
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

const use_save = ({ organization_id, id, etag }: { readonly organization_id: string; readonly id: string } & Pick<OfUser, 'etag'>) =>
  use_change({
    run: (roles: Role[]) =>
      take(
        api.PATCH('/organizations/{organization_id}/users/{id}', {
          params: { path: { organization_id, id }, header: { 'If-Match': etag } },
          body: { roles },
        }),
      ),
    done: 'Saved. It counts from the next request on.',
    refresh: [['organizations', organization_id, 'users']],
  });
