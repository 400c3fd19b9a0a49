import { Badge } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { CertificateBadge } from '../../../components/certificate_badge.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { Icon } from '../../../components/icon.tsx';
import { LinkButton } from '../../../components/links.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { protocols } from './fields.ts';

const route = getRouteApi('/shell/organizations/$organization_id/connections');

type Connection = Schemas['Connection'];

const columns = (organization_id: string): readonly Column<Connection>[] => [
  {
    title: 'Name',
    cell: ({ id, name }) => (
      <Link
        to="/organizations/$organization_id/connections/$connection_id"
        params={{ organization_id, connection_id: id }}
        className="row-link"
      >
        {name}
      </Link>
    ),
  },
  { title: 'Protocol', cell: ({ protocol }) => protocols[protocol].name },
  { title: 'State', cell: ({ enabled }) => <Badge color={enabled ? 'green' : 'gray'}>{enabled ? 'on' : 'off'}</Badge> },
  { title: 'Certificate', cell: (connection) => <Soonest connection={connection} /> },
  { title: 'Changed', cell: ({ updated_at }) => <TimeAgo at={updated_at} />, end: true },
];

function Soonest({ connection: { trust } }: { readonly connection: Connection }) {
  if (trust?.waiting != null) return <Badge color="yellow">new ones wait for approval</Badge>;
  const days = trust?.certificates.map(({ days_left }) => days_left) ?? [];
  return days.length === 0 ? null : <CertificateBadge days_left={Math.max(...days)} />;
}

/** How the people of an organization come in. */
export function Connections() {
  const { organization_id } = route.useParams();
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const { write_organization } = use_rights();
  const query = useQuery({
    queryKey: ['organizations', organization_id, 'connections', 'list', after],
    queryFn: () =>
      take(api.GET('/organizations/{organization_id}/connections', { params: { path: { organization_id }, query: { limit: 50, after } } })),
    placeholderData: keepPreviousData,
  });
  const create = write_organization && (
    <LinkButton
      to="/organizations/$organization_id/connections/new"
      params={{ organization_id }}
      leftSection={<Icon name="plus" size={16} />}
    >
      New connection
    </LinkButton>
  );
  return (
    <>
      <PageHead
        order={2}
        title="Connections"
        lead="Each one leads to an identity provider or a directory of this organization."
        actions={create}
      />
      <Card flush>
        <DataTable
          label="Connections"
          columns={columns(organization_id)}
          query={query}
          row_key={({ id }) => id}
          after={after}
          on_page={(to) => void navigate({ search: { after: to } })}
          empty={
            <Empty icon="plug" title="No connection yet" action={create}>
              Enter what the partner gave you, or send its administrator a set-up link: then the partner does it, step by step.
            </Empty>
          }
        />
      </Card>
    </>
  );
}
