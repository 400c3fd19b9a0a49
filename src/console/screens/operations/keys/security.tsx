import { Alert, Button, Modal, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { ask_session, session_query } from '../../../api/session.ts';
import { query_client } from '../../../api/query_client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_session } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { CodeBlock } from '../../../components/json_view.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { Enrol } from '../../sign_in/enrol.tsx';

/** What the holder of this key shows beside it. */
export function Security() {
  const { second_factor, csrf, actor } = use_session();
  const [adding, set_adding] = useState(false);
  const [codes, set_codes] = useState<readonly string[]>();
  const [destruction, set_destruction] = useState<Destruction>();
  const refresh = [session_query.queryKey];
  const renew = use_change({
    run: () => ask_session<{ recovery_codes: readonly string[] }>('POST', '/recovery-codes', {}, csrf),
    refresh,
    then: ({ recovery_codes }) => set_codes(recovery_codes),
  });
  const remove = use_change({ run: (id: string) => ask_session<undefined>('DELETE', `/second-factors/${id}`, undefined, csrf), refresh });
  if (second_factor === null)
    return (
      <>
        <PageHead title="Your second factor" />
        <Alert title="Your identity provider asks for it">
          You signed in through your own organization: how, and with which factors, is decided there.
        </Alert>
      </>
    );
  const { enrolled, recovery_codes_left } = second_factor;
  return (
    <>
      <PageHead
        title="Your second factor"
        lead={`What is shown beside the key “${actor.name}” when somebody signs in with it here.`}
        actions={<Button onClick={() => set_adding(true)}>Add a factor</Button>}
      />
      <Stack gap="lg">
        <ProblemAlert error={renew.error ?? remove.error} />
        {enrolled.length === 0 && (
          <Alert color="yellow" title="The key alone opens the console">
            Whoever finds it is in. Add an authenticator app or a passkey: from then on the key needs it here. Programs that use the key go
            on as before.
          </Alert>
        )}
        {enrolled.length > 0 && (
          <Card order={2} title="Factors" flush>
            <div className="scroll" role="region" aria-label="List of factors" tabIndex={0}>
              <Table className="table">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th scope="col">Name</Table.Th>
                    <Table.Th scope="col">Kind</Table.Th>
                    <Table.Th scope="col">Last used</Table.Th>
                    <Table.Th scope="col" ta="end">
                      Do
                    </Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {enrolled.map(({ id, name, kind, last_used_at }) => (
                    <Table.Tr key={id}>
                      <Table.Td>{name}</Table.Td>
                      <Table.Td>{kind === 'totp' ? 'Authenticator app' : 'Passkey'}</Table.Td>
                      <Table.Td>
                        <TimeAgo at={last_used_at} />
                      </Table.Td>
                      <Table.Td ta="end">
                        <Button
                          size="compact-sm"
                          variant="default"
                          aria-label={`Remove ${name}`}
                          onClick={() =>
                            set_destruction({
                              ...{ title: `Remove ${name}?`, verb: 'Remove', name, run: () => remove.mutateAsync(id) },
                              what:
                                enrolled.length === 1
                                  ? 'It is the last one: the key alone opens the console afterwards.'
                                  : 'It is not accepted any more.',
                            })
                          }
                        >
                          Remove
                        </Button>
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          </Card>
        )}
        {enrolled.length > 0 && (
          <Card
            order={2}
            title="Recovery codes"
            actions={
              <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate(undefined)}>
                Make new ones
              </Button>
            }
          >
            <Text>{recovery_codes_left} left. Each lets you in once when the factor is lost.</Text>
          </Card>
        )}
      </Stack>
      <Modal opened={adding} onClose={() => set_adding(false)} title="Add a second factor" closeOnClickOutside={false}>
        <Enrol
          csrf={csrf}
          on_done={async ({ session }) => {
            query_client.setQueryData(session_query.queryKey, session);
            set_adding(false);
          }}
        />
      </Modal>
      <Modal opened={codes !== undefined} onClose={() => set_codes(undefined)} title="Your new recovery codes" closeOnClickOutside={false}>
        <Stack>
          <Text size="sm">Those before are void. These are shown once.</Text>
          <CodeBlock label="Recovery codes" text={(codes ?? []).join('\n')} />
          <Button onClick={() => set_codes(undefined)}>I have kept them</Button>
        </Stack>
      </Modal>
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </>
  );
}
