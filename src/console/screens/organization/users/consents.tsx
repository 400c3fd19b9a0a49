import { Badge, Button, Group } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_page } from '../../../api/use_page.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { LinkAnchor } from '../../../components/links.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import type { OfUser } from './of_user.ts';

const route = getRouteApi('/shell/organizations/$organization_id/users/$user_id');

/** What somebody has allowed apps of others to see. */
export function Consents({ organization_id, user: { id: user_id } }: OfUser) {
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const { write_organization, see_installation } = use_rights();
  const key = ['organizations', organization_id, 'users', user_id, 'consents'];
  const query = use_page([...key, after], () =>
    take(
      api.GET('/organizations/{organization_id}/users/{user_id}/consents', {
        params: { path: { organization_id, user_id }, query: { limit: 50, after } },
      }),
    ),
  );
  const revoke = use_change({
    run: (id: string) =>
      take(
        api.DELETE('/organizations/{organization_id}/users/{user_id}/consents/{id}', {
          params: { path: { organization_id, user_id, id } },
        }),
      ),
    done: 'Taken back: the app has to ask again, and its tokens have ended.',
    refresh: [key, ['organizations', organization_id, 'access']],
  });
  const columns: readonly Column<Schemas['Consent']>[] = [
    {
      title: 'App',
      cell: ({ client_id }) =>
        see_installation ? (
          <LinkAnchor to="/apps/$client_id" params={{ client_id }}>
            {client_id}
          </LinkAnchor>
        ) : (
          client_id
        ),
    },
    {
      title: 'May see',
      cell: ({ scopes }) => (
        <Group gap={4}>
          {scopes.map((scope) => (
            <Badge key={scope} color="gray">
              {scope}
            </Badge>
          ))}
        </Group>
      ),
    },
    { title: 'Since', cell: ({ created_at }) => <TimeAgo at={created_at} /> },
    {
      title: '',
      end: true,
      cell: ({ id, client_id }) =>
        write_organization && (
          <Button
            size="xs"
            variant="default"
            aria-label={`Take back the consent for ${client_id}`}
            loading={revoke.isPending && revoke.variables === id}
            onClick={() => revoke.mutate(id)}
          >
            Take back
          </Button>
        ),
    },
  ];
  return (
    <>
      <ProblemAlert error={revoke.error} />
      <Card flush>
        <DataTable
          label="Consents"
          columns={columns}
          query={query}
          row_key={({ id }) => id}
          after={after}
          on_page={(to) => void navigate({ search: { tab: 'consents', after: to } })}
          empty={
            <Empty icon="check" title="Nothing allowed">
              An app of somebody else’s asks this person at the first sign-in what it may see. Your own apps do not ask.
            </Empty>
          }
        />
      </Card>
    </>
  );
}
