import { Badge, Group, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { getRouteApi, Link } from '@tanstack/react-router';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_page } from '../../../api/use_page.ts';
import { Card } from '../../../components/card.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';

const route = getRouteApi('/shell/organizations/$organization_id/scim');
const statuses = [
  { value: '2xx', label: 'accepted' },
  { value: '4xx', label: 'refused' },
  { value: '5xx', label: 'failed here' },
] as const;

export const status_color = (status: number): string => (status < 300 ? 'green' : status < 500 ? 'red' : 'yellow');

const columns = (organization_id: string): readonly Column<Schemas['ScimRequestSummary']>[] => [
  {
    title: 'Request',
    cell: ({ id, method, path }) => (
      <Link to="/organizations/$organization_id/scim/$request_id" params={{ organization_id, request_id: id }} className="row-link mono">
        {method} {path}
      </Link>
    ),
  },
  {
    title: 'Answer',
    cell: ({ status, error_code }) => (
      <Group gap="xs">
        <Badge color={status_color(status)}>{status}</Badge>
        {error_code !== null && <code className="mono">{error_code}</code>}
      </Group>
    ),
  },
  { title: 'Changed', cell: ({ changes }) => (changes === 0 ? 'nothing' : `${changes} ${changes === 1 ? 'thing' : 'things'}`) },
  {
    title: 'Token',
    cell: ({ token, dialect, replay_of }) => (
      <Text size="sm" span>
        {token?.name ?? (replay_of === null ? '' : 'done again from here')}
        {dialect !== null && ` (${dialect})`}
      </Text>
    ),
  },
  { title: 'When', cell: ({ at }) => <TimeAgo at={at} />, end: true },
];

/** What the partner's directory asked, newest first. */
export function Requests() {
  const { organization_id } = route.useParams();
  const search = route.useSearch();
  const { after, status, resource } = search;
  const navigate = route.useNavigate();
  const query = use_page(['organizations', organization_id, 'scim-requests', { after, status, resource }], () =>
    take(
      api.GET('/organizations/{organization_id}/scim-requests', {
        params: { path: { organization_id }, query: { limit: 50, after, status, resource } },
      }),
    ),
  );
  const look_for = useDebouncedCallback(
    (text: string) => void navigate({ search: { ...search, resource: text === '' ? undefined : text, after: undefined }, replace: true }),
    250,
  );
  return (
    <Card flush>
      <Group p="md" gap="sm" role="search">
        <Select
          aria-label="Answer"
          placeholder="Any answer"
          data={[...statuses]}
          value={status ?? null}
          onChange={(to) =>
            void navigate({ search: { ...search, status: statuses.find(({ value }) => value === to)?.value, after: undefined } })
          }
          clearable
          w="10rem"
        />
        <TextInput
          aria-label="About the person or group with the id"
          placeholder="Id of a person or group"
          defaultValue={resource ?? ''}
          onChange={(event) => look_for(event.currentTarget.value.trim())}
          w={{ base: '100%', xs: '18rem' }}
        />
      </Group>
      <DataTable
        label="SCIM requests"
        columns={columns(organization_id)}
        query={query}
        row_key={({ id }) => id}
        after={after}
        on_page={(to) => void navigate({ search: { ...search, after: to } })}
        empty={
          status !== undefined || resource !== undefined ? (
            <Empty icon="search" title="No request is like that">
              Take a filter away.
            </Empty>
          ) : (
            <Empty icon="sync" title="Nothing heard yet">
              As soon as the partner’s directory sends its first request, it stands here: as it came, as it was understood, and what it
              changed.
            </Empty>
          )
        }
      />
    </Card>
  );
}
