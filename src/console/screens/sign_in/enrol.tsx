import { Alert, Button, Group, Image, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { add_passkey, type Enrolled, passkeys_work } from '../../api/passkey.ts';
import { ask_session } from '../../api/session.ts';
import { CopyField } from '../../components/copy_field.tsx';
import { CodeBlock } from '../../components/json_view.tsx';
import { ProblemAlert } from '../../components/problem_alert.tsx';

interface Begun {
  readonly id: string;
  readonly secret: string;
  readonly qr: string;
}

interface Props {
  readonly csrf: string;
  readonly on_done: (enrolled: Enrolled) => Promise<void>;
}

/** Sets up a second factor: an authenticator app or a passkey. With the first one come recovery codes, shown once. */
export function Enrol({ csrf, on_done }: Props) {
  const [kind, set_kind] = useState<'totp' | 'passkey'>('totp');
  const [begun, set_begun] = useState<Begun>();
  const [code, set_code] = useState('');
  const [name, set_name] = useState('');
  const [problem, set_problem] = useState<unknown>();
  const [busy, set_busy] = useState(false);
  const [enrolled, set_enrolled] = useState<Enrolled>();
  const attempt = async (step: () => Promise<void>) => {
    set_busy(true);
    set_problem(undefined);
    try {
      await step();
    } catch (error) {
      set_problem(error);
    } finally {
      set_busy(false);
    }
  };
  const finish = async (done: Enrolled) => {
    if (done.recovery_codes === null) await on_done(done);
    else set_enrolled(done);
  };
  if (enrolled !== undefined)
    return (
      <Stack>
        <Alert color="yellow" title="Keep these recovery codes">
          Each works once when your second factor is lost. They are not shown again.
        </Alert>
        <CodeBlock label="Recovery codes" text={(enrolled.recovery_codes ?? []).join('\n')} />
        <Button onClick={() => void on_done(enrolled)}>I have kept them</Button>
      </Stack>
    );
  const named = name.trim() === '' ? {} : { name: name.trim() };
  return (
    <Stack>
      {passkeys_work() && (
        <SegmentedControl
          aria-label="Kind of second factor"
          value={kind}
          onChange={(value) => set_kind(value === 'passkey' ? 'passkey' : 'totp')}
          data={[
            { value: 'totp', label: 'Authenticator app' },
            { value: 'passkey', label: 'Passkey' },
          ]}
        />
      )}
      <ProblemAlert error={problem} />
      {begun === undefined && (
        <TextInput
          label="Name"
          placeholder={kind === 'totp' ? 'Authenticator app' : 'Passkey'}
          description="So that you know it again."
          value={name}
          maxLength={100}
          onChange={(event) => set_name(event.currentTarget.value)}
        />
      )}
      {kind === 'passkey' && (
        <Button loading={busy} onClick={() => void attempt(async () => finish(await add_passkey(named.name ?? 'Passkey', csrf)))}>
          Make a passkey
        </Button>
      )}
      {kind === 'totp' && begun === undefined && (
        <Button
          loading={busy}
          onClick={() => void attempt(async () => set_begun(await ask_session<Begun>('POST', '/second-factors/totp', named, csrf)))}
        >
          Show the code to scan
        </Button>
      )}
      {kind === 'totp' && begun !== undefined && (
        <form
          onSubmit={(event: SubmitEvent) => {
            event.preventDefault();
            void attempt(async () =>
              finish(await ask_session<Enrolled>('POST', '/second-factors/totp/confirm', { id: begun.id, code }, csrf)),
            );
          }}
        >
          <Stack>
            <Group align="flex-start" wrap="wrap">
              <Image src={begun.qr} alt="The secret below as a picture to scan" w={176} h={176} radius="md" />
              <div style={{ flex: '1 1 10rem', minInlineSize: 0 }}>
                <Text size="sm">Scan it with an authenticator app, or type the secret there:</Text>
                <CopyField value={begun.secret} what="the secret" />
              </div>
            </Group>
            <TextInput
              label="The code that the app shows now"
              value={code}
              onChange={(event) => set_code(event.currentTarget.value)}
              autoComplete="one-time-code"
              inputMode="numeric"
              required
              autoFocus
            />
            <Button type="submit" loading={busy}>
              Set up
            </Button>
          </Stack>
        </form>
      )}
    </Stack>
  );
}
