import { getRouteApi } from '@tanstack/react-router';
import { api, take } from '../../../api/client.ts';
import { use_page } from '../../../api/use_page.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { SignInsByReference } from '../sign_ins_by_reference.tsx';
import { trace_columns } from '../trace_columns.tsx';
import type { OfUser } from './of_user.ts';

const route = getRouteApi('/shell/organizations/$organization_id/users/$user_id');

export function UserLog({ organization_id, user: { id: user_id } }: OfUser) {
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const { see_installation } = use_rights();
  const query = use_page(
    ['login-traces', 'list', { organization_id, user_id, after }],
    () => take(api.GET('/login-traces', { params: { query: { organization_id, user_id, limit: 50, after } } })),
    see_installation,
  );
  if (!see_installation) return <SignInsByReference />;
  return (
    <Card flush>
      <DataTable
        label="Sign-ins of this person"
        columns={trace_columns(see_installation)}
        query={query}
        row_key={({ reference }) => reference}
        after={after}
        on_page={(to) => void navigate({ search: { tab: 'sign-ins', after: to } })}
        empty={
          <Empty icon="log" title="No sign-in on record">
            Sign-ins are kept for 30 days. One that failed is found by its reference: it does not know whom it was about.
          </Empty>
        }
      />
    </Card>
  );
}
