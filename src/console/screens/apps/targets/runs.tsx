import { Badge, List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '../../../api/client.ts';
import { Card } from '../../../components/card.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { HowFar } from '../../../components/how_far.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';

type Run = Schemas['SCIMRun'];
const colors: Readonly<Record<Run['status'], string>> = { running: 'accent', done: 'green', failed: 'red' };

const what = ({ kind, repair, dry_run }: Run): string => {
  if (kind === 'load') return dry_run ? 'What would be sent' : 'Sent everyone';
  return repair ? 'Compared and mended' : 'Compared';
};

const columns: readonly Column<Run>[] = [
  { title: 'What', cell: what },
  { title: 'State', cell: (run) => <State run={run} /> },
  { title: 'Found', cell: (run) => <Found run={run} /> },
  { title: 'By', cell: ({ actor }) => actor.name ?? actor.id ?? actor.kind },
  { title: 'Begun', cell: ({ created_at }) => <TimeAgo at={created_at} />, end: true },
];

/** Loads and comparisons, how far each is, and whom it is about. */
export function TargetRuns({ target_id }: { readonly target_id: string }) {
  const query = useQuery({
    queryKey: ['scim-targets', target_id, 'runs', 'all'],
    queryFn: () => take(api.GET('/scim-targets/{target_id}/runs', { params: { path: { target_id }, query: { limit: 20 } } })),
    refetchInterval: ({ state }) => (state.data?.data.some(({ status }) => status === 'running') === true ? 1500 : 15_000),
  });
  return (
    <Card title="Loads and comparisons" flush>
      <DataTable
        label="Loads and comparisons"
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

const SHOWN = 50;

function Found({ run: { counts, error, findings } }: { readonly run: Run }) {
  const told =
    error ??
    (Object.entries(counts)
      .map(([name, count]) => `${count} ${name.replaceAll('_', ' ')}`)
      .join(', ') ||
      'nothing');
  if (findings.length === 0) return <>{told}</>;
  return (
    <details>
      <summary>{told}</summary>
      <List size="sm" mt="xs">
        {findings.slice(0, SHOWN).map(({ kind, id, what: how, attributes = [] }) => (
          <List.Item key={`${kind} ${id}`}>
            {how.replaceAll('_', ' ')}: {kind} <code className="mono">{id}</code>
            {attributes.length > 0 && ` (${attributes.join(', ')})`}
          </List.Item>
        ))}
        {findings.length > SHOWN && <List.Item>and {findings.length - SHOWN} more; the API has them.</List.Item>}
      </List>
    </details>
  );
}
