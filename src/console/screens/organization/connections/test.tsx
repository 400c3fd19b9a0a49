import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { CopyField } from '../../../components/copy_field.tsx';
import { Empty } from '../../../components/empty.tsx';
import { HealthList } from '../../../components/health_list.tsx';
import { Icon } from '../../../components/icon.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import type { Of } from './of.ts';
import { TraceView } from './trace_view.tsx';

/** Looks at the partner from here, then a whole sign-in in a browser that signs nobody in. */
export function TestConnection({ organization_id, connection: { id, protocol } }: Of) {
  const { write_organization } = use_rights();
  const [begun, set_begun] = useState<Schemas['ConnectionTest']>();
  const test = use_change({
    run: () => take(api.POST('/organizations/{organization_id}/connections/{id}/test', { params: { path: { organization_id, id } } })),
    then: set_begun,
  });
  const action = write_organization && (
    <Button loading={test.isPending} onClick={() => test.mutate(undefined)}>
      {begun === undefined ? 'Test the connection' : 'Test again'}
    </Button>
  );
  if (begun === undefined)
    return (
      <Card>
        <ProblemAlert error={test.error} />
        <Empty icon="plug" title="Try it before people do" action={action}>
          The test looks at what can be seen from here, and gives you an address for a whole sign-in. It makes no account and no session,
          and works while the connection is off.
        </Empty>
      </Card>
    );
  return (
    <Stack gap="md">
      <ProblemAlert error={test.error} />
      <Card title="Seen from here" flush actions={action}>
        <HealthList
          label="Checks from here"
          checks={begun.checks.map(({ name, ok, detail, fix }) => ({
            key: name,
            state: ok ? 'good' : 'bad',
            name,
            detail,
            fix: ok ? undefined : fix,
          }))}
        />
      </Card>
      <Card
        title="A whole sign-in"
        note={
          protocol === 'ldap'
            ? 'With the account of a person of the directory.'
            : 'With an account that the partner has let in to this app.'
        }
      >
        <Stack gap="sm">
          <Group>
            <Button component="a" href={begun.test_url} target="_blank" rel="noopener" leftSection={<Icon name="out" size={16} />}>
              Sign in as a test
            </Button>
            <Text size="sm" c="dimmed">
              Opens a new tab. Or send this address to somebody who has an account there; it works once:
            </Text>
          </Group>
          <CopyField value={begun.test_url} what="the address of the test" />
        </Stack>
      </Card>
      <Result {...{ organization_id, id, reference: begun.reference }} />
    </Stack>
  );
}

/** What came of it, asked for again until it is there. */
function Result({ organization_id, id, reference }: { readonly organization_id: string; readonly id: string; readonly reference: string }) {
  const { data } = useQuery({
    queryKey: ['organizations', organization_id, 'connections', id, 'tests', reference],
    queryFn: () =>
      take(
        api.GET('/organizations/{organization_id}/connections/{id}/tests/{test}', {
          params: { path: { organization_id, id, test: reference } },
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.finished_at == null ? 2000 : false),
    refetchOnWindowFocus: true,
  });
  if (data?.finished_at == null)
    return (
      <Alert icon={<Icon name="clock" />} role="status">
        Waiting for the sign-in to end. The result appears here by itself.
      </Alert>
    );
  return <TraceView trace={data} />;
}
