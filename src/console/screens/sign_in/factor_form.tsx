import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { passkeys_work, show_passkey } from '../../api/passkey.ts';
import { ask_session, type ConsoleSession } from '../../api/session.ts';
import { ProblemAlert } from '../../components/problem_alert.tsx';

interface Props {
  readonly session: Extract<ConsoleSession, { state: 'second_factor' }>;
  readonly on_session: (session: ConsoleSession) => Promise<void>;
  readonly on_leave: () => void;
}

/** What is shown beside the key. */
export function FactorForm({ session, on_session, on_leave }: Props) {
  const { kinds, csrf, actor } = session;
  const [recovering, set_recovering] = useState(false);
  const [code, set_code] = useState('');
  const [problem, set_problem] = useState<unknown>();
  const [busy, set_busy] = useState(false);
  const attempt = async (step: () => Promise<ConsoleSession>) => {
    set_busy(true);
    set_problem(undefined);
    try {
      await on_session(await step());
    } catch (error) {
      set_problem(error);
      set_code('');
    } finally {
      set_busy(false);
    }
  };
  const path = recovering ? '/recovery-code' : '/totp';
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    void attempt(() => ask_session('POST', path, { code: code.trim() }, csrf));
  };
  const by_passkey = kinds.includes('passkey') && passkeys_work();
  return (
    <>
      <Text c="dimmed">
        Signed in as <strong>{actor.name}</strong>. Now your second factor.
      </Text>
      <ProblemAlert error={problem} />
      {by_passkey && !recovering && (
        <Button onClick={() => void attempt(() => show_passkey(csrf))} loading={busy} fullWidth>
          Use your passkey
        </Button>
      )}
      {(recovering || kinds.includes('totp')) && (
        <form onSubmit={send}>
          <Stack>
            <TextInput
              key={path}
              label={recovering ? 'Recovery code' : 'Code of your authenticator app'}
              value={code}
              onChange={(event) => set_code(event.currentTarget.value)}
              autoComplete={recovering ? 'off' : 'one-time-code'}
              inputMode={recovering ? 'text' : 'numeric'}
              spellCheck={false}
              autoFocus={!by_passkey || recovering}
              required
            />
            <Button type="submit" loading={busy} variant={by_passkey && !recovering ? 'default' : 'filled'} fullWidth>
              Go on
            </Button>
          </Stack>
        </form>
      )}
      <Group justify="space-between">
        {kinds.includes('recovery_code') && (
          <Button variant="subtle" size="xs" onClick={() => set_recovering(!recovering)}>
            {recovering ? 'Use the second factor itself' : 'I lost it: use a recovery code'}
          </Button>
        )}
        <Button variant="subtle" color="gray" size="xs" onClick={on_leave}>
          Another key
        </Button>
      </Group>
    </>
  );
}
