import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api, type Schemas, take } from '../../api/client.ts';
import { use_change } from '../../api/use_change.ts';
import { ProblemAlert } from '../../components/problem_alert.tsx';
import { moment } from '../../components/time_ago.tsx';
import { SecretOnce, type ShownSecret } from '../../components/secret_once.tsx';

const DAY_SECONDS = 86_400;
const overlaps = [
  { value: String(DAY_SECONDS), label: 'for a day more' },
  { value: String(7 * DAY_SECONDS), label: 'for 7 days more' },
  { value: String(30 * DAY_SECONDS), label: 'for 30 days more' },
  { value: '0', label: 'no longer: it has leaked' },
];

interface NewSecretProps {
  readonly client: Schemas['Client'];
  readonly opened: boolean;
  readonly on_close: () => void;
}

/** A new secret beside the old one, so that the app can change without an hour in which nobody comes in. */
export function NewSecret({ client, opened, on_close }: NewSecretProps) {
  const { id } = client;
  // one secret verifies the assertions of this method
  const at_once = client.token_endpoint_auth_method === 'client_secret_jwt';
  const [overlap, set_overlap] = useState(String(DAY_SECONDS));
  const [secret, set_secret] = useState<ShownSecret>();
  const seconds = at_once ? 0 : Number(overlap);
  const rotate = use_change({
    run: () => take(api.POST('/clients/{id}/rotate-secret', { params: { path: { id } }, body: { overlap_seconds: seconds } })),
    refresh: [['clients', id]],
    then: ({ client_secret, previous_secret_expires_at: ends }) => {
      on_close();
      const next =
        ends === null ? 'Give it to the app now: the old one is refused.' : `Give it to the app: the old one works until ${moment(ends)}.`;
      set_secret({ title: 'The new secret', values: [['client_secret', client_secret]], next });
    },
  });
  return (
    <>
      <Modal opened={opened} onClose={on_close} title={`New secret for ${client.client_name ?? id}`}>
        <Stack>
          <Text size="sm">It is shown once.</Text>
          {!at_once && (
            <Select
              label="The old secret works"
              data={overlaps}
              value={overlap}
              onChange={(to) => set_overlap(to ?? '0')}
              allowDeselect={false}
            />
          )}
          {seconds === 0 && (
            <Text size="sm" c="var(--mantine-color-error)">
              The app is refused until it has the new one.
            </Text>
          )}
          <ProblemAlert error={rotate.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={on_close}>
              Cancel
            </Button>
            <Button color={seconds === 0 ? 'red' : 'accent'} loading={rotate.isPending} onClick={() => rotate.mutate(undefined)}>
              Make a new secret
            </Button>
          </Group>
        </Stack>
      </Modal>
      <SecretOnce secret={secret} on_close={() => set_secret(undefined)} />
    </>
  );
}
