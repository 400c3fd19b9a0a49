import { NumberInput, PasswordInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { OrderInput } from './order_input.tsx';
import type { Field } from './field.ts';

interface FieldInputProps {
  readonly field: Field;
  readonly value: unknown;
  readonly on_change: (value: unknown) => void;
  readonly error?: string | undefined;
  readonly disabled?: boolean;
  /** A secret is there already, and stays unless another is typed. */
  readonly kept?: boolean;
}

/** The control for a field. */
export function FieldInput({ field, value, on_change, error, disabled, kept }: FieldInputProps) {
  const { kind, label, description, choices = [], required, otherwise, check } = field;
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const mistake = error ?? (text === '' ? undefined : check?.(text.trim()));
  const common = { label, description, error: mistake, disabled, required: required === true };
  const placeholder = typeof otherwise === 'string' ? otherwise : undefined;
  if (kind === 'switch')
    return (
      <Switch
        label={label}
        description={description}
        error={mistake}
        disabled={disabled}
        checked={value === true}
        onChange={(event) => on_change(event.currentTarget.checked)}
      />
    );
  if (kind === 'choice')
    return (
      <Select
        {...common}
        data={[...choices]}
        value={text === '' ? null : text}
        onChange={(chosen) => on_change(chosen ?? '')}
        placeholder={choices.find((choice) => choice.value === otherwise)?.label ?? placeholder}
        clearable={required !== true}
      />
    );
  if (kind === 'tags')
    return (
      <TagsInput
        {...common}
        data={choices.map((choice) => choice.value)}
        value={Array.isArray(value) ? value.map(String) : []}
        onChange={on_change}
        placeholder={Array.isArray(value) && value.length > 0 ? undefined : placeholder}
        clearable
      />
    );
  if (kind === 'order')
    return (
      <OrderInput
        {...{ label, description, disabled, choices, on_change, otherwise: placeholder, error: mistake }}
        value={Array.isArray(value) ? value.map(String) : []}
      />
    );
  if (kind === 'number')
    return (
      <NumberInput
        {...common}
        value={text}
        onChange={(number) => on_change(number === '' ? '' : Number(number))}
        placeholder={placeholder}
      />
    );
  if (kind === 'secret')
    return (
      <PasswordInput
        {...common}
        required={required === true && kept !== true}
        value={text}
        onChange={(event) => on_change(event.currentTarget.value)}
        placeholder={kept === true ? 'Kept. Type to replace it' : placeholder}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': `Show: ${label}` }}
      />
    );
  if (kind === 'area' || kind === 'lines')
    return (
      <Textarea
        {...common}
        value={text}
        onChange={(event) => on_change(event.currentTarget.value)}
        placeholder={placeholder}
        autosize
        minRows={kind === 'area' ? 4 : 2}
        maxRows={14}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
      />
    );
  return (
    <TextInput
      {...common}
      value={text}
      onChange={(event) => on_change(event.currentTarget.value)}
      placeholder={placeholder}
      spellCheck={false}
    />
  );
}
