import { Button, Group, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import type { QueryKey } from '@tanstack/react-query';
import { field_errors, use_change } from '../../api/use_change.ts';
import { ProblemAlert } from '../problem_alert.tsx';
import { type Field, patch_body, read_values, type Values } from './field.ts';
import { FieldList } from './field_list.tsx';

interface EditFormProps {
  readonly fields: readonly Field[];
  readonly item: object;
  /** A merge patch of what changed. */
  readonly save: (patch: Record<string, unknown>) => Promise<unknown>;
  readonly refresh: readonly QueryKey[];
  readonly read_only?: boolean;
  readonly beside?: (values: Values) => ReactNode;
}

/** Settings of something that is there: sends what changed, and says before it is lost. */
export function EditForm({ fields, item, save, refresh, read_only = false, beside }: EditFormProps) {
  const before = useMemo(() => read_values(fields, item), [fields, item]);
  const [changed, set_changed] = useState<Values>({});
  const values = { ...before, ...changed };
  const patch = patch_body(fields, before, values);
  const dirty = Object.keys(patch).length > 0;
  const change = use_change({ run: save, done: 'Saved.', refresh, then: () => set_changed({}) });
  useBlocker({ shouldBlockFn: () => dirty && !confirm('What you changed is not saved. Leave it?'), enableBeforeUnload: dirty });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(patch);
      }}
    >
      <Stack>
        <ProblemAlert error={change.error} />
        <FieldList
          {...{ fields, values, errors: field_errors(change.error), disabled: read_only, existing: true }}
          on_change={(path, value) => set_changed({ ...changed, [path]: value })}
        />
        {beside?.(values)}
        {!read_only && (
          <Group>
            <Button type="submit" disabled={!dirty} loading={change.isPending}>
              Save
            </Button>
            {dirty && (
              <>
                <Button variant="default" onClick={() => set_changed({})}>
                  Undo changes
                </Button>
                <Text size="sm" c="dimmed">
                  Not saved yet
                </Text>
              </>
            )}
          </Group>
        )}
      </Stack>
    </form>
  );
}
