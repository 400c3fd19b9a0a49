import { Badge, Group, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { getRouteApi, Link } from '@tanstack/react-router';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_page } from '../../../api/use_page.ts';
import { Card } from '../../../components/card.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { Icon } from '../../../components/icon.tsx';
import { LinkButton } from '../../../components/links.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { filter_of } from '../../../api/filter_of.ts';

const route = getRouteApi('/shell/organizations/$organization_id/users');

export const sources: Readonly<Record<Schemas['User']['source'], string>> = {
  jit: 'first sign-in',
  scim: 'SCIM',
  api: 'API',
  import: 'import',
  sync: 'directory sync',
};

const columns = (organization_id: string): readonly Column<Schemas['User']>[] => [
  {
    title: 'Name',
    cell: ({ id, display_name, user_name, email }) => (
      <>
        <Link to="/organizations/$organization_id/users/$user_id" params={{ organization_id, user_id: id }} className="row-link">
          {display_name ?? user_name}
        </Link>
        <Text size="sm" c="dimmed">
          {email ?? user_name}
        </Text>
      </>
    ),
  },
  { title: 'Access', cell: ({ active }) => <Badge color={active ? 'green' : 'gray'}>{active ? 'active' : 'ended'}</Badge> },
  {
    title: 'Groups',
    cell: ({ groups }) =>
      groups
        .slice(0, 3)
        .map(({ display_name }) => display_name)
        .join(', ') + (groups.length > 3 ? ` and ${groups.length - 3} more` : ''),
  },
  { title: 'Came by', cell: ({ source }) => sources[source] },
  { title: 'Last sign-in', cell: ({ last_login_at }) => <TimeAgo at={last_login_at} />, end: true },
];

/** The people of one organization. */
export function Users() {
  const { organization_id } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { q, active, after } = search;
  const query = use_page(['organizations', organization_id, 'users', 'list', search], () =>
    take(
      api.GET('/organizations/{organization_id}/users', {
        params: { path: { organization_id }, query: { limit: 50, after, filter: filter_of({ q, active }) } },
      }),
    ),
  );
  const look_for = useDebouncedCallback(
    (text: string) => void navigate({ search: { ...search, q: text === '' ? undefined : text, after: undefined }, replace: true }),
    250,
  );
  return (
    <>
      <PageHead
        order={2}
        title="People"
        lead="Everyone of this organization whom Postern knows: from a first sign-in, from SCIM, from a directory, or made by hand."
        actions={
          <>
            <LinkButton variant="default" to="/organizations/$organization_id/receipts" params={{ organization_id }}>
              Receipts
            </LinkButton>
            <LinkButton variant="default" to="/organizations/$organization_id/imports" params={{ organization_id }}>
              Imports
            </LinkButton>
          </>
        }
      />
      <Card flush>
        <Group p="md" gap="sm" role="search">
          <TextInput
            aria-label="Search people"
            placeholder="Beginning of a name or address"
            leftSection={<Icon name="search" size={16} />}
            defaultValue={q ?? ''}
            onChange={(event) => look_for(event.currentTarget.value.trim())}
            w={{ base: '100%', xs: '18rem' }}
          />
          <Select
            aria-label="Access"
            placeholder="Any access"
            data={[
              { value: 'yes', label: 'active' },
              { value: 'no', label: 'ended' },
            ]}
            value={active ?? null}
            onChange={(chosen) => void navigate({ search: { ...search, active: chosen ?? undefined, after: undefined } })}
            clearable
            w="10rem"
          />
        </Group>
        <DataTable
          label="People"
          columns={columns(organization_id)}
          query={query}
          row_key={({ id }) => id}
          after={after}
          on_page={(to) => void navigate({ search: { ...search, after: to } })}
          empty={
            q !== undefined || active !== undefined ? (
              <Empty icon="search" title="Nobody is like that">
                Look for the beginning of a name or an address, or take a filter away.
              </Empty>
            ) : (
              <Empty icon="people" title="Nobody yet">
                People appear at their first sign-in, or as soon as the partner’s directory sends them over SCIM.
              </Empty>
            )
          }
        />
      </Card>
    </>
  );
}
