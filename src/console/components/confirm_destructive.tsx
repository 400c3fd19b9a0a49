import { Button, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, type ReactNode, useState } from 'react';
import { ProblemAlert } from './problem_alert.tsx';

export interface Destruction {
  /** "Delete Acme?" */
  readonly title: string;
  readonly what: ReactNode;
  /** What ends with it: "12 sessions", "3 apps will be told". */
  readonly ends?: readonly string[];
  /** To be typed before the button works; absent: a click is enough. */
  readonly name?: string;
  /** The verb on the button. */
  readonly verb: string;
  readonly run: () => Promise<unknown>;
}

interface Props {
  readonly destruction: Destruction | undefined;
  readonly on_close: () => void;
}

/** Asks before something that cannot be undone: says what it ends, and wants the name. */
export function ConfirmDestructive({ destruction, on_close }: Props) {
  return (
    <Modal opened={destruction !== undefined} onClose={on_close} title={destruction?.title} size="md">
      {destruction !== undefined && <Question key={destruction.title} destruction={destruction} on_close={on_close} />}
    </Modal>
  );
}

function Question({ destruction, on_close }: { readonly destruction: Destruction; readonly on_close: () => void }) {
  const { what, ends = [], name, verb, run } = destruction;
  const [typed, set_typed] = useState('');
  const [problem, set_problem] = useState<unknown>();
  const [busy, set_busy] = useState(false);
  const act = async (event: SubmitEvent) => {
    event.preventDefault();
    set_busy(true);
    try {
      await run();
      on_close();
    } catch (error) {
      set_problem(error);
    } finally {
      set_busy(false);
    }
  };
  return (
    <form onSubmit={(event) => void act(event)}>
      <Stack>
        <Text size="sm">{what}</Text>
        {ends.length > 0 && (
          <div>
            <Text size="sm" fw={600}>
              This ends:
            </Text>
            <List size="sm">
              {ends.map((one) => (
                <List.Item key={one}>{one}</List.Item>
              ))}
            </List>
          </div>
        )}
        {name !== undefined && (
          <TextInput
            label={
              <>
                Type <strong>{name}</strong> to go on
              </>
            }
            value={typed}
            onChange={(event) => set_typed(event.currentTarget.value)}
            data-autofocus
            spellCheck={false}
          />
        )}
        <ProblemAlert error={problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={on_close}>
            Cancel
          </Button>
          <Button type="submit" color="red" loading={busy} disabled={name !== undefined && typed.trim() !== name}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
