import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { field_errors, use_change } from '../../../api/use_change.ts';
import { type Field, new_body, type Values } from '../../../components/fields/field.ts';
import { FieldList } from '../../../components/fields/field_list.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';

const fields: readonly Field[] = [
  {
    ...{ path: 'use', label: 'For', kind: 'choice', required: true },
    choices: [
      { value: 'signing', label: 'Signing' },
      { value: 'encryption', label: 'Encryption: what the partner encrypts for us' },
    ],
  },
  {
    ...{ path: 'state', label: 'From when', kind: 'choice', required: true },
    choices: [
      { value: 'next', label: 'Publish it now, use it when I say so' },
      { value: 'current', label: 'Use it at once: the partner knows it already' },
    ],
  },
  { path: 'certificate_pem', label: 'Certificate (PEM)', kind: 'area', required: true },
  {
    ...{ path: 'private_key_pem', label: 'Private key (PEM)', kind: 'area', required: true },
    description: 'RSA of 2048 bits or more, without a passphrase. It is sealed as it arrives, and nobody reads it again.',
  },
];

interface NewOwnKeyProps {
  readonly organization_id: string;
  readonly connection_id: string;
  readonly opened: boolean;
  readonly on_close: () => void;
}

/** A key of our own side from elsewhere: issued by an authority, or known to the partner from another broker. */
export function NewOwnKey({ organization_id, connection_id, opened, on_close }: NewOwnKeyProps) {
  return (
    <Modal opened={opened} onClose={on_close} title="Bring a key along" size="lg">
      {opened && <Form {...{ organization_id, connection_id, on_close }} />}
    </Modal>
  );
}

function Form({ organization_id, connection_id: id, on_close }: Omit<NewOwnKeyProps, 'opened'>) {
  const [values, set_values] = useState<Values>({ use: 'signing', state: 'next' });
  const add = use_change({
    run: () =>
      take(
        api.POST('/organizations/{organization_id}/connections/{id}/keys', {
          params: { path: { organization_id, id } },
          body: new_body(fields, values) as Schemas['NewConnectionKey'], // every field is required
        }),
      ),
    done: ({ state }) => (state === 'next' ? 'It stands in our metadata, and is used when you say so.' : 'It is used from now on.'),
    refresh: [['organizations', organization_id]],
    then: on_close,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(undefined);
      }}
    >
      <Stack>
        <ProblemAlert error={add.error} />
        <FieldList
          {...{ fields, values, errors: field_errors(add.error) }}
          on_change={(path, value) => set_values({ ...values, [path]: value })}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={on_close}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Bring it along
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
