import { Badge, Text } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { api, type Schemas, take } from '../../api/client.ts';
import { use_page } from '../../api/use_page.ts';
import { use_rights } from '../../api/use_session.ts';
import { Card } from '../../components/card.tsx';
import { type Column, DataTable } from '../../components/data_table.tsx';
import { Empty } from '../../components/empty.tsx';
import { Icon } from '../../components/icon.tsx';
import { LinkButton } from '../../components/links.tsx';
import { PageHead } from '../../components/page_head.tsx';
import { TimeAgo } from '../../components/time_ago.tsx';
import { kind_of, kinds } from './kind.ts';

const route = getRouteApi('/shell/apps');

const columns: readonly Column<Schemas['Client']>[] = [
  {
    title: 'App',
    cell: ({ id, client_name }) => (
      <>
        <Link to="/apps/$client_id" params={{ client_id: id }} className="row-link">
          {client_name ?? id}
        </Link>
        <Text size="sm" c="dimmed" className="mono">
          {id}
        </Text>
      </>
    ),
  },
  { title: 'Kind', cell: (client) => kinds[kind_of(client)].name },
  { title: 'State', cell: ({ enabled }) => <Badge color={enabled ? 'green' : 'gray'}>{enabled ? 'on' : 'off'}</Badge> },
  { title: 'For', cell: ({ organizations }) => (organizations === 'all' ? 'every organization' : `${organizations.length} of them`) },
  { title: 'Changed', cell: ({ updated_at }) => <TimeAgo at={updated_at} />, end: true },
];

/** What people sign in to. */
export function Apps() {
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const { write_installation } = use_rights();
  const query = use_page(['clients', 'list', after], () => take(api.GET('/clients', { params: { query: { limit: 50, after } } })));
  const create = write_installation && (
    <LinkButton to="/apps/new" leftSection={<Icon name="plus" size={16} />}>
      New app
    </LinkButton>
  );
  return (
    <>
      <PageHead
        title="Apps"
        lead="Your own products. Each speaks OpenID Connect with Postern, whatever the partner’s identity provider speaks."
        actions={
          <>
            <LinkButton to="/registration-tokens" variant="default">
              Registration tokens
            </LinkButton>
            {create}
          </>
        }
      />
      <Card flush>
        <DataTable
          label="Apps"
          columns={columns}
          query={query}
          row_key={({ id }) => id}
          after={after}
          on_page={(to) => void navigate({ search: { after: to } })}
          empty={
            <Empty icon="apps" title="No app yet" action={create}>
              Register the first product that people sign in to: you get a client_id, and lines to copy in your language.
            </Empty>
          }
        />
      </Card>
    </>
  );
}
