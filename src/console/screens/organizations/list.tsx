import { Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Schemas } from '../../api/client.ts';
import { use_rights } from '../../api/use_session.ts';
import { Card } from '../../components/card.tsx';
import { type Column, DataTable } from '../../components/data_table.tsx';
import { Empty } from '../../components/empty.tsx';
import { Icon } from '../../components/icon.tsx';
import { LinkButton } from '../../components/links.tsx';
import { PageHead } from '../../components/page_head.tsx';
import { StatusBadge } from '../../components/status_badge.tsx';
import { TimeAgo } from '../../components/time_ago.tsx';
import { organizations_query } from './organizations_query.ts';

const route = getRouteApi('/shell/organizations');

const columns: readonly Column<Schemas['Organization']>[] = [
  {
    title: 'Name',
    cell: ({ id, name }) => (
      <Link to="/organizations/$organization_id" params={{ organization_id: id }} className="row-link">
        {name}
      </Link>
    ),
  },
  { title: 'Slug', cell: ({ slug }) => <code className="mono">{slug}</code> },
  { title: 'Status', cell: ({ status }) => <StatusBadge status={status} /> },
  { title: 'Your reference', cell: ({ external_id }) => external_id ?? '' },
  { title: 'Since', cell: ({ created_at }) => <TimeAgo at={created_at} />, end: true },
];

export function OrganizationList() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { write_installation } = use_rights();
  const query = useQuery({ ...organizations_query(search), placeholderData: keepPreviousData });
  const look_for = useDebouncedCallback(
    (q: string) => void navigate({ search: { ...search, q: q === '' ? undefined : q, after: undefined }, replace: true }),
    200,
  );
  const create = write_installation && (
    <LinkButton to="/organizations/new" leftSection={<Icon name="plus" size={16} />}>
      New organization
    </LinkButton>
  );
  const filtered = search.q !== undefined || search.status !== undefined;
  return (
    <>
      <PageHead title="Organizations" lead="The partner companies whose people sign in to your apps." actions={create} />
      <Card flush>
        <Group p="md" gap="sm" role="search">
          <TextInput
            aria-label="Search organizations"
            placeholder="Beginning of a name or slug"
            leftSection={<Icon name="search" size={16} />}
            defaultValue={search.q ?? ''}
            onChange={(event) => look_for(event.currentTarget.value.trim())}
            w={{ base: '100%', xs: '18rem' }}
          />
          <Select
            aria-label="Status"
            placeholder="Any status"
            data={['active', 'suspended']}
            value={search.status ?? null}
            onChange={(status) => void navigate({ search: { ...search, status: status ?? undefined, after: undefined } })}
            clearable
            w="10rem"
          />
        </Group>
        <DataTable
          label="Organizations"
          columns={columns}
          query={query}
          row_key={({ id }) => id}
          after={search.after}
          on_page={(after) => void navigate({ search: { ...search, after } })}
          empty={
            filtered ? (
              <Empty icon="search" title="No organization is like that">
                Look for the beginning of its name or slug, or take a filter away.
              </Empty>
            ) : (
              <Empty icon="building" title="No partner yet" action={create}>
                An organization is a company whose people sign in through their own identity provider. Make the first one, then send it a
                set-up link.
              </Empty>
            )
          }
        />
      </Card>
    </>
  );
}
