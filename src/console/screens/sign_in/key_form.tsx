import { Button, Divider, PasswordInput, Stack, Text } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { ask_session, type ConsoleSession } from '../../api/session.ts';
import { ProblemAlert } from '../../components/problem_alert.tsx';

interface Props {
  readonly organization: string | null;
  readonly to: string;
  readonly on_session: (session: ConsoleSession) => Promise<void>;
}

/** The ways in: through the operators' own identity provider, or with an admin key. */
export function KeyForm({ organization, to, on_session }: Props) {
  const [key, set_key] = useState('');
  const [problem, set_problem] = useState<unknown>();
  const [busy, set_busy] = useState(false);
  const enter = async (event: SubmitEvent) => {
    event.preventDefault();
    set_busy(true);
    try {
      const session = await ask_session('POST', '', { key: key.trim() });
      // the page forgets it as soon as it was shown
      set_key('');
      await on_session(session);
    } catch (error) {
      set_problem(error);
    } finally {
      set_busy(false);
    }
  };
  return (
    <>
      {organization !== null && (
        <>
          <Button component="a" href={`/console/enter?return_to=${encodeURIComponent(`/console${to}`)}`} fullWidth>
            Continue with {organization}
          </Button>
          <Divider label="or" />
        </>
      )}
      <form onSubmit={(event) => void enter(event)}>
        <Stack>
          <ProblemAlert error={problem} />
          <PasswordInput
            label="Admin key"
            description="POSTERN_ADMIN_KEY, or a key that somebody made for you. It is not kept in the browser."
            value={key}
            onChange={(event) => set_key(event.currentTarget.value)}
            autoComplete="current-password"
            required
            data-autofocus={organization === null ? true : undefined}
          />
          <Button type="submit" loading={busy} variant={organization === null ? 'filled' : 'default'} fullWidth>
            Sign in
          </Button>
        </Stack>
      </form>
      {organization === null && (
        <Text size="sm" c="dimmed">
          To sign in with your own identity provider, name your organization in <code>POSTERN_OPERATORS_ORGANIZATION</code>.
        </Text>
      )}
    </>
  );
}
