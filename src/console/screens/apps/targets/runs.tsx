import { Badge, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '../../../api/client.ts';
import { Card } from '../../../components/card.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { HowFar } from '../../../components/how_far.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';

type Run = Schemas['SCIMRun'];
const colors: Readonly<Record<Run['status'], string>> = { running: 'accent', done: 'green', failed: 'red' };

const columns: readonly Column<Run>[] = [
  { title: 'What', cell: ({ kind, repair }) => (kind === 'load' ? 'Sent everyone' : repair ? 'Compared and mended' : 'Compared') },
  { title: 'State', cell: (run) => <State run={run} /> },
  {
    title: 'Found',
    cell: ({ counts, error }) =>
      error ??
      Object.entries(counts)
        .map(([name, count]) => `${count} ${name.replaceAll('_', ' ')}`)
        .join(', '),
  },
  { title: 'Begun', cell: ({ created_at }) => <TimeAgo at={created_at} />, end: true },
];

/** Long work, with how far it is. */
export function Runs({ target_id }: { readonly target_id: string }) {
  const query = useQuery({
    queryKey: ['scim-targets', target_id, 'runs'],
    queryFn: () => take(api.GET('/scim-targets/{target_id}/runs', { params: { path: { target_id }, query: { limit: 10 } } })),
    refetchInterval: ({ state }) => (state.data?.data.some(({ status }) => status === 'running') === true ? 2000 : false),
  });
  return (
    <Card title="Runs" flush>
      <DataTable
        label="Runs"
        columns={columns}
        query={query}
        row_key={({ id }) => id}
        empty={
          <Text c="dimmed" className="card-body">
            None yet: changes are told one by one as they happen.
          </Text>
        }
      />
    </Card>
  );
}

function State({ run: { status, done, total } }: { readonly run: Run }) {
  return status === 'running' ? <HowFar done={done} total={total} /> : <Badge color={colors[status]}>{status}</Badge>;
}
