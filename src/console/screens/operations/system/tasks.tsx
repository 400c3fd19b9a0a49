import { Badge, Table, Text } from '@mantine/core';
import type { Schemas } from '../../../api/client.ts';
import { Card } from '../../../components/card.tsx';
import { relative, TimeAgo } from '../../../components/time_ago.tsx';

type Task = Schemas['System']['tasks'][number];

/** What this process does again and again, and how its last turn went. */
export function Tasks({ tasks, started_at }: { readonly tasks: readonly Task[]; readonly started_at: string }) {
  return (
    <Card
      order={2}
      title="Background tasks"
      note={`Of the process that answers, which started ${relative(started_at, Date.now())}. Others have their own.`}
      flush
    >
      <div className="scroll" role="region" aria-label="List of background tasks" tabIndex={0}>
        <Table className="table">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Task</Table.Th>
              <Table.Th scope="col">Every</Table.Th>
              <Table.Th scope="col">Last turn</Table.Th>
              <Table.Th scope="col">State</Table.Th>
              <Table.Th scope="col" ta="end">
                Took
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {tasks.map((task) => (
              <Table.Tr key={task.name}>
                <Table.Th scope="row">{task.name}</Table.Th>
                <Table.Td>{rhythm(task.interval_ms)}</Table.Td>
                <Table.Td>
                  <TimeAgo at={task.last_at} never="not yet" />
                </Table.Td>
                <Table.Td>
                  <State task={task} />
                </Table.Td>
                <Table.Td ta="end">{task.last_ms === null ? '' : `${task.last_ms} ms`}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Card>
  );
}

function State({ task: { running, last_at, error, failures } }: { readonly task: Task }) {
  if (error !== null)
    return (
      <>
        <Badge color="red">failed</Badge>
        <Text size="sm" c="dimmed">
          {error} ({failures} {failures === 1 ? 'time' : 'times'} since the start)
        </Text>
      </>
    );
  if (running) return <Badge color="accent">at work</Badge>;
  return <Badge color={last_at === null ? 'gray' : 'green'}>{last_at === null ? 'waits' : 'in order'}</Badge>;
}

function rhythm(milliseconds: number): string {
  if (milliseconds < 60_000) return `${milliseconds / 1000} s`;
  if (milliseconds < 3_600_000) return `${milliseconds / 60_000} min`;
  return `${milliseconds / 3_600_000} h`;
}
