import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode, SubmitEvent } from 'react';
import { ProblemAlert } from './problem_alert.tsx';

interface Props {
  readonly on_close: () => void;
  /** What sending the form does, as `use_change` gives it. */
  readonly change: { readonly error: Error | null; readonly isPending: boolean; mutate(input: undefined): void };
  /** The fields. */
  readonly children: ReactNode;
}

/** The form of a dialog that makes one thing: what was refused above the fields, the way out and the button below. */
export function MakeForm({ on_close, change, children }: Props) {
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    change.mutate(undefined);
  };
  return (
    <form onSubmit={send}>
      <Stack>
        <ProblemAlert error={change.error} />
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={on_close}>
            Cancel
          </Button>
          <Button type="submit" loading={change.isPending}>
            Make it
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
