import { Button, Group, Select, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { SubmitEvent } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { Card } from '../../../components/card.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { Icon } from '../../../components/icon.tsx';
import { LinkAnchor } from '../../../components/links.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { StatusBadge } from '../../../components/status_badge.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { FilterChips } from '../filter_chips.tsx';
import { outcomes } from '../choices.ts';

const route = getRouteApi('/shell/sign-ins');

const columns: readonly Column<Schemas['LoginTraceSummary']>[] = [
  {
    title: 'Reference',
    cell: ({ reference }) => (
      <Link to="/sign-ins/$reference" params={{ reference }} className="row-link mono">
        {reference}
      </Link>
    ),
  },
  { title: 'Result', cell: ({ outcome }) => <StatusBadge status={outcome} /> },
  { title: 'Reason', cell: ({ code }) => code?.replaceAll('_', ' ') ?? '' },
  {
    title: 'Organization',
    cell: ({ organization_id }) =>
      organization_id !== null && (
        <LinkAnchor to="/sign-ins" search={(before) => ({ ...before, organization_id, after: undefined })} className="mono">
          {organization_id}
        </LinkAnchor>
      ),
  },
  { title: 'App', cell: ({ client_id }) => client_id !== null && <code className="mono">{client_id}</code> },
  { title: 'Kind', cell: ({ purpose }) => (purpose === 'test' ? 'test' : '') },
  { title: 'When', cell: ({ started_at }) => <TimeAgo at={started_at} />, end: true },
];

/** Every sign-in, newest first; by its reference the one that somebody called about. */
export function SignInLog() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery({
    queryKey: ['login-traces', search],
    queryFn: () => take(api.GET('/login-traces', { params: { query: { limit: 50, ...search } } })),
    placeholderData: keepPreviousData,
  });
  const open = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('reference');
    if (typeof typed === 'string' && typed.trim() !== '')
      void navigate({ to: '/sign-ins/$reference', params: { reference: typed.trim() } });
  };
  return (
    <>
      <PageHead title="Sign-in log" lead="What happened in each sign-in. The reference stands on the page that the person saw." />
      <Card flush>
        <Group p="md" gap="sm" align="flex-end">
          <form onSubmit={open} role="search">
            <Group gap="xs" align="flex-end">
              <TextInput
                label="Reference"
                name="reference"
                placeholder="ABCD-EFGH-JKMN"
                leftSection={<Icon name="search" size={16} />}
                spellCheck={false}
              />
              <Button type="submit" variant="default">
                Open
              </Button>
            </Group>
          </form>
          <Select
            label="Result"
            placeholder="Any"
            data={[...outcomes]}
            value={search.outcome ?? null}
            onChange={(value) => void navigate({ search: { ...search, outcome: outcomes.find((one) => one === value), after: undefined } })}
            clearable
            w="9rem"
          />
        </Group>
        <FilterChips
          search={search}
          names={{
            organization_id: 'organization',
            connection_id: 'connection',
            client_id: 'app',
            user_id: 'person',
            code: 'reason',
            since: 'since',
          }}
          on_remove={(name) => void navigate({ search: { ...search, [name]: undefined, after: undefined } })}
        />
        <DataTable
          label="Sign-ins"
          columns={columns}
          query={query}
          row_key={({ reference }) => reference}
          after={search.after}
          on_page={(after) => void navigate({ search: { ...search, after } })}
          empty={
            <Empty icon="log" title="No sign-in is like that">
              When somebody signs in through Postern, each step stands here: what was asked, what the partner answered, what was checked.
            </Empty>
          }
        />
      </Card>
    </>
  );
}
