import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { Card } from '../../../components/card.tsx';
import { type Check, HealthList } from '../../../components/health_list.tsx';
import { Icon } from '../../../components/icon.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';

type Finding = Schemas['SystemChecks']['findings'][number];
const states: Readonly<Record<Finding['level'], Check['state']>> = { ok: 'good', warning: 'warn', problem: 'bad' };
const order: readonly Finding['level'][] = ['problem', 'warning', 'ok'];

/** What `postern doctor` finds, the worst first, each with how to mend it. */
export function Checks() {
  const [partners, set_partners] = useState(false);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['system', 'checks', partners],
    queryFn: () => take(api.GET('/system/checks', { params: { query: { partners: partners ? 'true' : 'false' } } })),
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  const findings = [...(data?.findings ?? [])].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  return (
    <Stack gap="md">
      <ProblemAlert error={error} retry={refetch} />
      <Card
        order={2}
        title="Findings"
        note={
          data === undefined ? (
            'Looking …'
          ) : (
            <>
              What <code>postern doctor</code> finds; looked <TimeAgo at={data.checked_at} />
              {data.partners ? ', partners included.' : ', without asking partners.'}
            </>
          )
        }
        flush
        actions={
          <Group gap="xs">
            {!partners && (
              <Button size="xs" variant="default" onClick={() => set_partners(true)}>
                Ask partners too
              </Button>
            )}
            <Button size="xs" leftSection={<Icon name="sync" size={16} />} loading={isFetching} onClick={() => void refetch()}>
              Look again
            </Button>
          </Group>
        }
      >
        {data === undefined ? (
          error === null && (
            <div className="card-body">
              <Skeleton height={120} />
            </div>
          )
        ) : (
          <>
            <div className="card-body" role="status">
              <Summary problems={data.problems} warnings={data.warnings} />
            </div>
            <HealthList
              label="Findings"
              checks={findings.map(({ name, level, detail, fix }, at) => ({
                key: `${at} ${name}`,
                state: states[level],
                name,
                detail,
                fix: fix === null ? undefined : fix,
              }))}
            />
          </>
        )}
      </Card>
    </Stack>
  );
}

function Summary({ problems, warnings }: { readonly problems: number; readonly warnings: number }) {
  const told = `${problems} ${problems === 1 ? 'problem' : 'problems'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
  if (problems > 0)
    return (
      <Alert color="red" icon={<Icon name="warning" />} title={told}>
        Something does not work, or is not safe.
      </Alert>
    );
  return <Text size="sm">{warnings > 0 ? `${told}.` : 'All is in order.'}</Text>;
}
