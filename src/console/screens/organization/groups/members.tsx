import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { access_query, ends_of } from '../../../api/access.ts';
import type { Schemas } from '../../../api/client.ts';
import { take_people } from '../../../api/queries.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { LinkAnchor } from '../../../components/links.tsx';
import { use_page } from '../../../api/use_page.ts';
import { ends_for } from './ends_of_group.ts';

const route = getRouteApi('/shell/organizations/$organization_id/groups/$group_id');
const PAGE = 50;

interface MembersProps {
  readonly organization_id: string;
  readonly group: Schemas['Group'];
  readonly policy: Schemas['Organization']['people_policy'];
  readonly on_remove: (id: string) => Promise<unknown>;
}

/** Who is in a group. It names them by id; their names are asked for page by page. */
export function Members({ organization_id, group, policy, on_remove }: MembersProps) {
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const memory = useQueryClient();
  const { write_organization } = use_rights();
  const [destruction, set_destruction] = useState<Destruction>();
  const start = after === undefined ? 0 : group.members.indexOf(after) + 1;
  const shown = group.members.slice(start, start + PAGE);
  const last = shown.at(-1);
  const query = use_page(['organizations', organization_id, 'groups', group.id, 'people', shown], async () => {
    const people = await take_people(organization_id, shown);
    return { data: people, next: last !== undefined && start + PAGE < group.members.length ? last : null };
  });
  const ask = async (user: Schemas['User']): Promise<void> => {
    const name = user.display_name ?? user.user_name;
    const what = ends_for(policy, group, user);
    const access = what === 'access' ? await memory.query(access_query(organization_id, { user_id: user.id })) : undefined;
    set_destruction({
      title: `Take ${name} out of ${group.display_name}?`,
      what:
        what === 'access'
          ? 'Only people of allowed groups sign in, and this is the last one of this person: access ends at once, apps are told, and a receipt says so.'
          : 'Roles that came from this group end at the next token. The partner may put the person in again.',
      ends: ends_of(access),
      ...(what === 'access' && { name: user.user_name }),
      verb: 'Take out',
      run: () => on_remove(user.id),
    });
  };
  const columns: readonly Column<Schemas['User']>[] = [
    {
      title: 'Person',
      cell: ({ id, display_name, user_name }) => (
        <LinkAnchor to="/organizations/$organization_id/users/$user_id" params={{ organization_id, user_id: id }}>
          {display_name ?? user_name}
        </LinkAnchor>
      ),
    },
    { title: 'Address', cell: ({ email, user_name }) => email ?? user_name },
    {
      title: '',
      end: true,
      cell: (user) =>
        write_organization && (
          <Button size="xs" variant="default" aria-label={`Take out ${user.display_name ?? user.user_name}`} onClick={() => void ask(user)}>
            Take out
          </Button>
        ),
    },
  ];
  return (
    <Card title={`People (${group.members.length})`} flush>
      <DataTable
        label="People of this group"
        columns={columns}
        query={query}
        row_key={({ id }) => id}
        after={after}
        on_page={(to) => void navigate({ search: { after: to } })}
        empty={
          <Empty icon="people" title="Nobody is in it">
            The partner puts people in, or you do.
          </Empty>
        }
      />
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </Card>
  );
}
