import { getRouteApi, Link } from '@tanstack/react-router';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_page } from '../../../api/use_page.ts';
import { Card } from '../../../components/card.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { LinkAnchor } from '../../../components/links.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { StatusBadge } from '../../../components/status_badge.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';

const route = getRouteApi('/shell/organizations/$organization_id/receipts');

/** Every end of access in this organization, also of people who are gone. */
export function AllReceipts() {
  const { organization_id } = route.useParams();
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const query = use_page(['organizations', organization_id, 'receipts', 'list', after], () =>
    take(api.GET('/organizations/{organization_id}/receipts', { params: { path: { organization_id }, query: { limit: 50, after } } })),
  );
  const columns: readonly Column<Schemas['Receipt']>[] = [
    {
      title: 'Receipt',
      cell: ({ id, reason }) => (
        <Link to="/organizations/$organization_id/receipts/$receipt_id" params={{ organization_id, receipt_id: id }} className="row-link">
          {reason.replaceAll(/[._]/g, ' ')}
        </Link>
      ),
    },
    {
      title: 'Whose',
      cell: ({ user_id }) =>
        user_id === null ? (
          ''
        ) : (
          <LinkAnchor className="mono" to="/organizations/$organization_id/users/$user_id" params={{ organization_id, user_id }}>
            {user_id}
          </LinkAnchor>
        ),
    },
    { title: 'By', cell: ({ actor }) => actor.name ?? actor.id ?? actor.kind },
    { title: 'Sessions', cell: ({ sessions }) => sessions.length, end: true },
    {
      title: 'Apps told',
      cell: ({ apps }) => `${apps.filter(({ outcome }) => outcome === 'told' || outcome === 'wants_none').length} of ${apps.length}`,
      end: true,
    },
    { title: 'State', cell: ({ completed_at }) => <StatusBadge status={completed_at === null ? 'pending' : 'complete'} /> },
    { title: 'When', cell: ({ created_at }) => <TimeAgo at={created_at} />, end: true },
  ];
  return (
    <>
      <PageHead order={2} title="Receipts" lead="Proof of each end of access: which sessions and tokens, and when each app was told." />
      <Card flush>
        <DataTable
          label="Receipts"
          columns={columns}
          query={query}
          row_key={({ id }) => id}
          after={after}
          on_page={(to) => void navigate({ search: { after: to } })}
          empty={
            <Empty icon="receipt" title="Nobody’s access was ended">
              When it is, by hand, by a directory or by a partner’s word, the receipt stands here.
            </Empty>
          }
        />
      </Card>
    </>
  );
}
