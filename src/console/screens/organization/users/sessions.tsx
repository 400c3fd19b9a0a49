import { Button, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_page } from '../../../api/use_page.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import type { OfUser } from './of_user.ts';

const route = getRouteApi('/shell/organizations/$organization_id/users/$user_id');

/** Where somebody is signed in now. */
export function Sessions({ organization_id, user: { id: user_id } }: OfUser) {
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const { write_organization } = use_rights();
  const query = use_page(['organizations', organization_id, 'users', user_id, 'sessions', after], () =>
    take(
      api.GET('/organizations/{organization_id}/users/{user_id}/sessions', {
        params: { path: { organization_id, user_id }, query: { limit: 50, after } },
      }),
    ),
  );
  const end = use_change({
    run: (id: string) =>
      take(
        api.DELETE('/organizations/{organization_id}/users/{user_id}/sessions/{id}', {
          params: { path: { organization_id, user_id, id } },
        }),
      ),
    done: 'The session has ended.',
    refresh: [['organizations', organization_id]],
  });
  const columns: readonly Column<Schemas['Session']>[] = [
    {
      title: 'Where',
      cell: ({ ip, user_agent }) => (
        <>
          <Text size="sm">{ip ?? 'address unknown'}</Text>
          <Text size="xs" c="dimmed" lineClamp={1} maw="20rem">
            {user_agent ?? 'browser unknown'}
          </Text>
        </>
      ),
    },
    { title: 'Apps', cell: ({ apps }) => apps.map(({ client_id }) => client_id).join(', ') || 'none yet' },
    { title: 'How', cell: ({ amr, acr }) => [...amr, ...(acr === null ? [] : [acr])].join(', ') },
    { title: 'Since', cell: ({ auth_time }) => <TimeAgo at={auth_time} /> },
    { title: 'Until', cell: ({ expires_at }) => <TimeAgo at={expires_at} /> },
    {
      title: '',
      end: true,
      cell: ({ id }) =>
        write_organization && (
          <Button size="xs" variant="default" loading={end.isPending && end.variables === id} onClick={() => end.mutate(id)}>
            End it
          </Button>
        ),
    },
  ];
  return (
    <>
      <ProblemAlert error={end.error} />
      <Card flush>
        <DataTable
          label="Sessions"
          columns={columns}
          query={query}
          row_key={({ id }) => id}
          after={after}
          on_page={(to) => void navigate({ search: { tab: 'access', after: to } })}
          empty={
            <Empty icon="clock" title="Not signed in anywhere">
              A session appears here as soon as this person signs in to an app.
            </Empty>
          }
        />
      </Card>
    </>
  );
}
