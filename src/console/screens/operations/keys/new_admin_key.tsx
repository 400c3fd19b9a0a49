import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { field_errors, use_change } from '../../../api/use_change.ts';
import { MakeForm } from '../../../components/make_form.tsx';
import type { ShownSecret } from '../../../components/secret_once.tsx';

interface Props {
  readonly on_close: () => void;
  readonly on_secret: (secret: ShownSecret) => void;
}

type Role = Schemas['AdminKey']['role'];
const ROLES: readonly { value: Role; label: string }[] = [
  { value: 'support', label: 'Support: sees everything, changes nothing' },
  { value: 'operator', label: 'Operator: changes everything but admin keys' },
  { value: 'org_admin', label: 'Administrator of one organization' },
  { value: 'owner', label: 'Owner: may do everything' },
];
const DAYS = ['30', '90', '365', 'never'] as const;

export function NewAdminKey({ on_close, on_secret }: Props) {
  const [name, set_name] = useState('');
  const [role, set_role] = useState<Role>('support');
  const [organization_id, set_organization] = useState('');
  const [days, set_days] = useState<string>('90');
  const change = use_change({
    run: () =>
      take(
        api.POST('/admin-keys', {
          body: {
            ...{ name, role },
            ...(role === 'org_admin' && { organization_id }),
            ...(days !== 'never' && { expires_at: new Date(Date.now() + Number(days) * 86_400_000).toISOString() }),
          },
        }),
      ),
    refresh: [['admin-keys']],
    then({ key, name: made }) {
      on_close();
      on_secret({
        title: `The key of ${made}`,
        values: [['Key', key]],
        next: 'Send it on a safe way. Its holder signs in here with it, or sends it as Authorization: Bearer.',
      });
    },
  });
  const errors = field_errors(change.error);
  return (
    <MakeForm on_close={on_close} change={change}>
      <TextInput
        label="Name"
        description="Whose it is: it stands in the audit record."
        value={name}
        error={errors['name']}
        onChange={(event) => set_name(event.currentTarget.value)}
        required
        data-autofocus
      />
      <NativeSelect
        label="Role"
        data={[...ROLES]}
        value={role}
        onChange={(event) => set_role(ROLES.find(({ value }) => value === event.currentTarget.value)?.value ?? 'support')}
      />
      {role === 'org_admin' && (
        <TextInput
          label="Organization"
          placeholder="org_…"
          value={organization_id}
          error={errors['organization_id']}
          onChange={(event) => set_organization(event.currentTarget.value.trim())}
          required
        />
      )}
      <NativeSelect
        label="Ends"
        data={DAYS.map((value) => ({ value, label: value === 'never' ? 'never' : `in ${value} days` }))}
        value={days}
        onChange={(event) => set_days(event.currentTarget.value)}
      />
    </MakeForm>
  );
}
