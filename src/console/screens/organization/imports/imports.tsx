import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { api, take } from '../../../api/client.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { ImportState, is_under_way, type UserImport } from './import_state.tsx';
import { NewImport } from './new_import.tsx';

const route = getRouteApi('/shell/organizations/$organization_id/imports');

/** Files of people: a new one, and what became of those before. */
export function Imports() {
  const { organization_id } = route.useParams();
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const { write_organization } = use_rights();
  const query = useQuery({
    queryKey: ['organizations', organization_id, 'user-imports', after],
    queryFn: () =>
      take(
        api.GET('/organizations/{organization_id}/user-imports', { params: { path: { organization_id }, query: { limit: 50, after } } }),
      ),
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => (state.data?.data.some(({ status }) => is_under_way(status)) === true ? 1000 : false),
  });
  const columns: readonly Column<UserImport>[] = [
    {
      title: 'Begun',
      cell: ({ id, created_at }) => (
        <Link to="/organizations/$organization_id/imports/$import_id" params={{ organization_id, import_id: id }} className="row-link">
          <TimeAgo at={created_at} />
        </Link>
      ),
    },
    { title: 'State', cell: (job) => <ImportState job={job} /> },
    { title: 'New', cell: ({ created }) => created, end: true },
    { title: 'Changed', cell: ({ updated }) => updated, end: true },
    { title: 'As they were', cell: ({ unchanged }) => unchanged, end: true },
    { title: 'Refused', cell: ({ refused }) => refused, end: true },
  ];
  return (
    <>
      <PageHead
        order={2}
        title="Imports"
        lead="People who come in one go: from another broker, from an HR export, from a spreadsheet. Try a file first: everything is done, and nothing kept but the report."
      />
      <Stack gap="md">
        {write_organization && <NewImport organization_id={organization_id} />}
        <Card flush>
          <DataTable
            label="Imports"
            columns={columns}
            query={query}
            row_key={({ id }) => id}
            after={after}
            on_page={(to) => void navigate({ search: { after: to } })}
            empty={
              <Empty icon="people" title="No file was imported">
                CSV with a header row (user_name or email is needed), or a JSON object a line. The report says what became of each row.
              </Empty>
            }
          />
        </Card>
      </Stack>
    </>
  );
}
