import { Button, Checkbox, Group, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { field_errors, use_change } from '../../../api/use_change.ts';
import { ProblemAlert } from '../../../components/problem_alert.tsx';

type Step = Schemas['SetupLink']['steps'][number];
const steps: readonly { readonly value: Step; readonly label: string }[] = [
  { value: 'domain', label: 'Prove the domain' },
  { value: 'connection', label: 'Connect and test the identity provider' },
  { value: 'scim', label: 'Send people over SCIM' },
];
const lives = [
  { value: 'P1D', label: '1 day' },
  { value: 'P7D', label: '7 days' },
  { value: 'P14D', label: '14 days' },
  { value: 'P30D', label: '30 days' },
];

interface NewSetupLinkProps {
  readonly organization_id: string;
  /** The one that it takes the place of. */
  readonly before: Schemas['SetupLink'] | undefined;
  readonly on_made: (made: Schemas['CreatedSetupLink']) => void;
}

export function NewSetupLink({ organization_id, before, on_made }: NewSetupLinkProps) {
  const [name, set_name] = useState(before?.name ?? 'Set-up link');
  const [chosen, set_chosen] = useState<readonly string[]>(before?.steps ?? steps.map(({ value }) => value));
  const [expires_in, set_life] = useState('P7D');
  const [requires_approval, set_approval] = useState(before?.requires_approval ?? false);
  const make = use_change({
    run: () =>
      take(
        api.POST('/organizations/{organization_id}/setup-links', {
          params: { path: { organization_id } },
          body: { name, expires_in, requires_approval, steps: steps.map(({ value }) => value).filter((step) => chosen.includes(step)) },
        }),
      ),
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
          description="For you, to tell links apart."
          value={name}
          onChange={(event) => set_name(event.currentTarget.value)}
          error={errors['name']}
          required
          data-autofocus
        />
        <Checkbox.Group label="The partner will" value={[...chosen]} onChange={set_chosen} error={errors['steps']}>
          <Stack gap="xs" mt="xs">
            {steps.map(({ value, label }) => (
              <Checkbox key={value} value={value} label={label} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Select
          label="Good for"
          data={lives}
          value={expires_in}
          onChange={(to) => set_life(to ?? 'P7D')}
          allowDeselect={false}
          error={errors['expires_in']}
        />
        <Switch
          label="I approve before it is switched on"
          description="Off: the partner switches its connection on, once a test has passed."
          checked={requires_approval}
          onChange={(event) => set_approval(event.currentTarget.checked)}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending} disabled={chosen.length === 0}>
            Make the link
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
