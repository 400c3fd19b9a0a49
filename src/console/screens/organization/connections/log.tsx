import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api, take } from '../../../api/client.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { SignInsByReference } from '../sign_ins_by_reference.tsx';
import { trace_columns } from '../trace_columns.tsx';
import type { Of } from './of.ts';

const route = getRouteApi('/shell/organizations/$organization_id/connections/$connection_id');

/** What happened on this connection lately. */
export function ConnectionLog({ organization_id, connection: { id } }: Of) {
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const { see_installation } = use_rights();
  const query = useQuery({
    queryKey: ['login-traces', 'list', { organization_id, connection_id: id, after }],
    queryFn: () => take(api.GET('/login-traces', { params: { query: { organization_id, connection_id: id, limit: 50, after } } })),
    enabled: see_installation,
  });
  if (!see_installation) return <SignInsByReference />;
  return (
    <Card flush>
      <DataTable
        label="Sign-ins of this connection"
        columns={trace_columns(see_installation)}
        query={query}
        row_key={({ reference }) => reference}
        after={after}
        on_page={(to) => void navigate({ search: { tab: 'log', after: to } })}
        empty={
          <Empty icon="log" title="Nobody has come this way yet">
            Each sign-in and each test through this connection stands here for 30 days, also the ones that failed, and why.
          </Empty>
        }
      />
    </Card>
  );
}
