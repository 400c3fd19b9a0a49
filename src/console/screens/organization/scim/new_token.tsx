import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { field_errors, use_change } from '../../../api/use_change.ts';
import { ProblemAlert } from '../../../components/problem_alert.tsx';

type Dialect = Schemas['ScimToken']['dialect'];
const dialects: readonly { readonly value: Dialect; readonly label: string }[] = [
  { value: 'auto', label: 'Found out by itself' },
  { value: 'entra', label: 'Entra ID' },
  { value: 'okta', label: 'Okta' },
  { value: 'onelogin', label: 'OneLogin' },
  { value: 'jumpcloud', label: 'JumpCloud' },
  { value: 'ping', label: 'Ping' },
  { value: 'strict', label: 'As the standard says, nothing else' },
];
const lives: readonly { readonly value: string; readonly label: string }[] = [
  { value: '', label: 'never' },
  { value: '90', label: 'in 90 days' },
  { value: '365', label: 'in a year' },
];

interface NewTokenProps {
  readonly organization_id: string;
  /** The one that it will replace: the new one is like it. */
  readonly before: Schemas['ScimToken'] | undefined;
  readonly on_made: (made: Schemas['CreatedScimToken']) => void;
}

export function NewToken({ organization_id, before, on_made }: NewTokenProps) {
  const [name, set_name] = useState(before?.name ?? 'Directory');
  const [dialect, set_dialect] = useState<Dialect>(before?.dialect ?? 'auto');
  const [days, set_days] = useState('');
  const [ranges, set_ranges] = useState(before?.ip_ranges?.join('\n') ?? '');
  const make = use_change({
    run: () => {
      const ip_ranges = ranges
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
      const body: Schemas['NewScimToken'] = {
        ...{ name, dialect, connection_id: before?.connection_id ?? null, ip_ranges: ip_ranges.length === 0 ? null : ip_ranges },
        ...(days !== '' && { expires_at: new Date(Date.now() + Number(days) * 86_400_000).toISOString() }),
      };
      return take(api.POST('/organizations/{organization_id}/scim-tokens', { params: { path: { organization_id } }, body }));
    },
    refresh: [['organizations', organization_id]],
    then: on_made,
  });
  const errors = field_errors(make.error);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate(undefined);
      }}
    >
      <Stack>
        <ProblemAlert error={make.error} />
        <TextInput
          label="Name"
          value={name}
          onChange={(event) => set_name(event.currentTarget.value)}
          error={errors['name']}
          required
          data-autofocus
        />
        <Select
          label="The directory speaks like"
          data={dialects}
          value={dialect}
          onChange={(to) => set_dialect(dialects.find(({ value }) => value === to)?.value ?? 'auto')}
          allowDeselect={false}
        />
        <Select label="Expires" data={lives} value={days} onChange={(to) => set_days(to ?? '')} allowDeselect={false} />
        <Textarea
          label="Only from these networks"
          placeholder="everywhere"
          description="One in each line, such as 203.0.113.0/24."
          value={ranges}
          onChange={(event) => set_ranges(event.currentTarget.value)}
          error={errors['ip_ranges']}
          autosize
          minRows={1}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending}>
            {before === undefined ? 'Make the token' : 'Make the new token'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
