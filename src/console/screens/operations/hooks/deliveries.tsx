import { Button, Select, Table, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { StatusBadge } from '../../../components/status_badge.tsx';
import { moment, TimeAgo } from '../../../components/time_ago.tsx';
import { delivery_states } from '../choices.ts';

type Delivery = Schemas['Delivery'];
const route = getRouteApi('/shell/hooks/$hook_id');
const BADGE: Readonly<Record<Delivery['status'], string>> = { pending: 'waiting', delivered: 'told', dead: 'given_up', resent: 'resent' };

/** What was sent, every try, and once more where that helps. */
export function Deliveries({ hook_id }: { readonly hook_id: string }) {
  const { status, after } = route.useSearch();
  const navigate = route.useNavigate();
  const { write_installation } = use_rights();
  const query = useQuery({
    queryKey: ['event-hooks', hook_id, 'deliveries', status, after],
    queryFn: () =>
      take(
        api.GET('/event-hooks/{hook_id}/deliveries', {
          params: {
            path: { hook_id },
            query: { limit: 50, ...(status !== undefined && { status }), ...(after !== undefined && { after }) },
          },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });
  const resend = use_change({
    run: (id: string) => take(api.POST('/event-hooks/{hook_id}/deliveries/{id}/resend', { params: { path: { hook_id, id } } })),
    ...{ done: 'It is sent once more.', refresh: [['event-hooks', hook_id, 'deliveries']] },
  });
  const columns: readonly Column<Delivery>[] = [
    { title: 'Event', cell: (delivery) => <Tries delivery={delivery} /> },
    { title: 'Status', cell: (delivery) => <StatusBadge status={BADGE[delivery.status]} /> },
    { title: 'Next try', cell: ({ next_try_at }) => <TimeAgo at={next_try_at} never="" /> },
    { title: 'When', cell: ({ created_at }) => <TimeAgo at={created_at} />, end: true },
    {
      title: 'Again',
      cell: ({ id, type }) =>
        write_installation && (
          <Button size="compact-sm" variant="default" aria-label={`Send ${type} ${id} again`} onClick={() => resend.mutate(id)}>
            Send again
          </Button>
        ),
      end: true,
    },
  ];
  return (
    <Card
      order={2}
      title="Deliveries"
      note="Newest first."
      flush
      actions={
        <Select
          aria-label="Status of deliveries"
          placeholder="Any status"
          data={delivery_states.map((value) => ({ value, label: BADGE[value].replaceAll('_', ' ') }))}
          value={status ?? null}
          onChange={(value) => void navigate({ search: { status: delivery_states.find((one) => one === value) } })}
          clearable
          size="xs"
        />
      }
    >
      <ProblemAlert error={resend.error} />
      <DataTable
        label="List of deliveries"
        columns={columns}
        query={query}
        row_key={({ id }) => id}
        after={after}
        on_page={(next) => void navigate({ search: (before) => ({ ...before, after: next }) })}
        empty={
          <Empty icon="mail" title="Nothing was sent yet">
            What this hook hears of stands here with every try, its answer and how long it took.
          </Empty>
        }
      />
    </Card>
  );
}

function Tries({ delivery: { type, tries, last_error } }: { readonly delivery: Delivery }) {
  if (tries.length === 0) return <>{type}</>;
  return (
    <details>
      <summary>
        {type}
        {last_error !== null && (
          <Text size="xs" c="dimmed">
            {last_error}
          </Text>
        )}
      </summary>
      <Table className="table">
        <Table.Tbody>
          {tries.map(({ at, ms, error, answer }) => (
            <Table.Tr key={at}>
              <Table.Td>{moment(at)}</Table.Td>
              <Table.Td>{ms} ms</Table.Td>
              <Table.Td>{error ?? 'delivered'}</Table.Td>
              <Table.Td className="mono">{answer ?? ''}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </details>
  );
}
