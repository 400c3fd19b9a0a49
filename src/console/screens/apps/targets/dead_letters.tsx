import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { LinkAnchor } from '../../../components/links.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';

/** What the app would not take, with its last answer; sent again when it has been mended there. */
export function DeadLetters({ target_id }: { readonly target_id: string }) {
  const { write_installation } = use_rights();
  const query = useQuery({
    queryKey: ['scim-targets', target_id, 'dead-letters'],
    queryFn: () => take(api.GET('/scim-targets/{target_id}/dead-letters', { params: { path: { target_id }, query: { limit: 50 } } })),
  });
  const resend = use_change({
    run: (ids: string[] | undefined) =>
      take(api.POST('/scim-targets/{target_id}/resend', { params: { path: { target_id } }, body: { ids } })),
    done: ({ resent }) => `${resent} sent again.`,
    refresh: [['scim-targets', target_id]],
  });
  const columns: readonly Column<Schemas['SCIMDeadLetter']>[] = [
    {
      title: 'About',
      cell: ({ kind, resource_id, organization_id }) =>
        kind === 'user' ? (
          <LinkAnchor
            className="mono"
            to="/organizations/$organization_id/users/$user_id"
            params={{ organization_id, user_id: resource_id }}
          >
            {resource_id}
          </LinkAnchor>
        ) : (
          <code className="mono">{resource_id}</code>
        ),
    },
    {
      title: 'Why',
      cell: ({ reason, tries }) => `${reason}${tries.at(-1)?.answer === undefined ? '' : `: ${tries.at(-1)?.answer ?? ''}`}`,
    },
    { title: 'Tries', cell: ({ tries }) => tries.length, end: true },
    { title: 'Given up', cell: ({ given_up_at }) => <TimeAgo at={given_up_at} /> },
    {
      title: '',
      end: true,
      cell: ({ id }) =>
        write_installation && (
          <Button size="xs" variant="default" onClick={() => resend.mutate([id])}>
            Send again
          </Button>
        ),
    },
  ];
  const any = (query.data?.data.length ?? 0) > 0;
  return (
    <Card
      title="Given up"
      flush
      actions={
        any &&
        write_installation && (
          <Button size="xs" variant="default" loading={resend.isPending} onClick={() => resend.mutate(undefined)}>
            Send all again
          </Button>
        )
      }
    >
      <ProblemAlert error={resend.error} />
      <DataTable
        label="Given up"
        columns={columns}
        query={query}
        row_key={({ id }) => id}
        empty={
          <Text c="dimmed" className="card-body">
            Nothing: the app has taken all it was told.
          </Text>
        }
      />
    </Card>
  );
}
