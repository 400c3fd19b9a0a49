import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { Icon } from '../../../components/icon.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import type { Of } from './of.ts';

const route = getRouteApi('/shell/organizations/$organization_id/connections/$connection_id');
type Run = Schemas['SyncRun'];
const colors: Readonly<Record<Run['status'], string>> = { running: 'accent', finished: 'green', failed: 'red', stopped: 'yellow' };

const columns: readonly Column<Run>[] = [
  { title: 'Begun', cell: ({ started_at }) => <TimeAgo at={started_at} /> },
  {
    title: 'State',
    cell: ({ status, dry_run, whole }) => (
      <Group gap={6}>
        <Badge color={colors[status]}>{status === 'stopped' ? 'stopped by the brake' : status}</Badge>
        {dry_run && <Badge color="gray">tried only</Badge>}
        {!whole && <Badge color="gray">changes only</Badge>}
      </Group>
    ),
  },
  { title: 'Seen', cell: ({ seen }) => seen, end: true },
  { title: 'New', cell: ({ created }) => created, end: true },
  { title: 'Changed', cell: ({ updated }) => updated, end: true },
  { title: 'Ended', cell: ({ deactivated }) => deactivated, end: true },
  {
    title: 'Problems',
    cell: ({ error, problems }) => (
      <Text size="sm" maw="22rem" lineClamp={2}>
        {error ?? problems.map(({ subject, problem }) => `${subject}: ${problem}`).join('; ')}
      </Text>
    ),
  },
];

/** How people are kept in step with the directory: each run, what it did, and the brake that stopped one. */
export function Sync({ organization_id, connection: { id: connection_id } }: Of) {
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const { write_organization } = use_rights();
  const [destruction, set_destruction] = useState<Destruction>();
  const path = { organization_id, connection_id };
  const key = ['organizations', organization_id, 'connections', connection_id, 'sync-runs'];
  const query = useQuery({
    queryKey: [...key, after],
    queryFn: () =>
      take(
        api.GET('/organizations/{organization_id}/connections/{connection_id}/sync-runs', {
          params: { path, query: { limit: 20, after } },
        }),
      ),
    placeholderData: keepPreviousData,
    // a run goes on behind
    refetchInterval: ({ state }) => (state.data?.data.some(({ status }) => status === 'running') === true ? 1500 : false),
  });
  const run = use_change({
    run: (how: Schemas['NewSyncRun']) =>
      take(api.POST('/organizations/{organization_id}/connections/{connection_id}/sync-runs', { params: { path }, body: how })),
    refresh: [key],
  });
  const last = query.data?.data[0];
  const stopped = last?.status === 'stopped' && after === undefined ? last.brake : null;
  return (
    <Stack gap="md">
      <ProblemAlert error={run.error} />
      {stopped !== null && (
        <Alert
          color="yellow"
          icon={<Icon name="warning" />}
          title={`The last run would have ended the access of ${stopped.losing} of ${stopped.of} people`}
        >
          <Stack gap="sm" align="flex-start">
            <Text size="sm">
              More than {stopped.percent} % at once is mostly a mistake in a filter or a broken directory: nothing was changed. If so many
              have really left, let it pass once.
            </Text>
            {write_organization && (
              <Button
                color="red"
                variant="light"
                onClick={() =>
                  set_destruction({
                    title: 'Let the run pass?',
                    what: 'The directory is read again, and whoever is not in it loses access.',
                    ends: [`access of about ${stopped.losing} people`],
                    name: String(stopped.losing),
                    verb: 'Let it pass',
                    run: () => run.mutateAsync({ let_pass: true }),
                  })
                }
              >
                Let it pass
              </Button>
            )}
          </Stack>
        </Alert>
      )}
      <Card
        title="Runs"
        flush
        actions={
          write_organization && (
            <Group gap="xs">
              <Button size="xs" variant="default" loading={run.isPending} onClick={() => run.mutate({ dry_run: true })}>
                What would it do?
              </Button>
              <Button size="xs" loading={run.isPending} onClick={() => run.mutate({})}>
                Read the directory now
              </Button>
            </Group>
          )
        }
      >
        <DataTable
          label="Runs of the directory sync"
          columns={columns}
          query={query}
          row_key={({ id }) => id}
          after={after}
          on_page={(to) => void navigate({ search: { tab: 'sync', after: to } })}
          empty={
            <Empty icon="sync" title="The directory was never read">
              Switch the sync on in the configuration, and whoever leaves the directory loses access by itself. Try it first: that changes
              nothing.
            </Empty>
          }
        />
      </Card>
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </Stack>
  );
}
