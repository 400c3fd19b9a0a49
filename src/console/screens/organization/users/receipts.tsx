import { getRouteApi, Link } from '@tanstack/react-router';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_page } from '../../../api/use_page.ts';
import { Card } from '../../../components/card.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { StatusBadge } from '../../../components/status_badge.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import type { OfUser } from './of_user.ts';

const route = getRouteApi('/shell/organizations/$organization_id/users/$user_id');

/** Proof of each end of access. */
export function Receipts({ organization_id, user: { id: user_id } }: OfUser) {
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const query = use_page(['organizations', organization_id, 'users', user_id, 'receipts', after], () =>
    take(
      api.GET('/organizations/{organization_id}/users/{user_id}/receipts', {
        params: { path: { organization_id, user_id }, query: { limit: 50, after } },
      }),
    ),
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
    { title: 'By', cell: ({ actor }) => actor.name ?? actor.id ?? actor.kind },
    { title: 'Sessions', cell: ({ sessions }) => sessions.length },
    {
      title: 'Apps told',
      cell: ({ apps }) => `${apps.filter(({ outcome }) => outcome === 'told' || outcome === 'wants_none').length} of ${apps.length}`,
    },
    { title: 'State', cell: ({ completed_at }) => <StatusBadge status={completed_at === null ? 'pending' : 'complete'} /> },
    { title: 'When', cell: ({ created_at }) => <TimeAgo at={created_at} />, end: true },
  ];
  return (
    <Card flush>
      <DataTable
        label="Receipts"
        columns={columns}
        query={query}
        row_key={({ id }) => id}
        after={after}
        on_page={(to) => void navigate({ search: { tab: 'receipts', after: to } })}
        empty={
          <Empty icon="receipt" title="Access was never ended">
            When it is, a receipt lists each session and each app, and when the app was told.
          </Empty>
        }
      />
    </Card>
  );
}
