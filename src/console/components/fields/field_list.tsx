import { Collapse, Stack, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../icon.tsx';
import type { Field, Values } from './field.ts';
import { FieldInput } from './field_input.tsx';

interface FieldListProps {
  readonly fields: readonly Field[];
  readonly values: Values;
  readonly on_change: (path: string, value: unknown) => void;
  readonly errors: Readonly<Record<string, string>>;
  readonly disabled?: boolean;
  /** Something that is there already is being changed. */
  readonly existing?: boolean;
}

/** Fields one below the other; the rarely needed ones behind a button, unless one of them is wrong. */
export function FieldList({ fields, values, on_change, errors, disabled, existing }: FieldListProps) {
  const [opened, set_opened] = useState(false);
  const rare = fields.filter(({ advanced }) => advanced === true);
  const open = opened || rare.some(({ path }) => errors[path] !== undefined);
  const input = (field: Field) => (
    <FieldInput
      key={field.path}
      field={field}
      value={values[field.path]}
      on_change={(value) => on_change(field.path, value)}
      error={errors[field.path]}
      disabled={disabled}
      kept={existing}
    />
  );
  return (
    <Stack maw="36rem">
      {fields.filter(({ advanced }) => advanced !== true).map(input)}
      {rare.length > 0 && (
        <>
          <UnstyledButton className="more" aria-expanded={open} onClick={() => set_opened(!open)}>
            <Icon name="down" size={16} /> {open ? 'Fewer settings' : `More settings (${rare.length})`}
          </UnstyledButton>
          <Collapse expanded={open}>
            <Stack>{open && rare.map(input)}</Stack>
          </Collapse>
        </>
      )}
    </Stack>
  );
}
