import { Button, Group, Stack } from '@mantine/core';
import type { QueryKey } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { field_errors, use_change } from '../../../api/use_change.ts';
import { Card } from '../../../components/card.tsx';
import { type Field, new_body, type Values } from '../../../components/fields/field.ts';
import { FieldList } from '../../../components/fields/field_list.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';

const fields: readonly Field[] = [
  {
    ...{ path: 'issuer', label: 'Issuer of the transmitter', kind: 'text', required: true },
    description: 'As it calls itself, letter by letter. What it says of itself is read from /.well-known/ssf-configuration.',
  },
  { path: 'configuration_url', label: 'Address of its configuration', kind: 'text', advanced: true },
  { path: 'jwks_uri', label: 'Address of its keys', kind: 'text', advanced: true, description: 'For one that does not describe itself.' },
  {
    path: 'audience',
    label: 'Audience (aud) of its events',
    kind: 'text',
    advanced: true,
    description: 'Absent: the address that they come to.',
  },
];

interface NewSignalSourceProps {
  readonly organization_id: string;
  readonly connection_id: string;
  readonly refresh: readonly QueryKey[];
  readonly on_made: (made: Schemas['CreatedSignalSource']) => void;
}

export function NewSignalSource({ organization_id, connection_id, refresh, on_made }: NewSignalSourceProps) {
  const [values, set_values] = useState<Values>({});
  const make = use_change({
    run: () =>
      take(
        api.POST('/organizations/{organization_id}/signal-sources', {
          params: { path: { organization_id } },
          body: { issuer: '', ...new_body(fields, values), connection_id },
        }),
      ),
    refresh,
    then: on_made,
  });
  return (
    <Card title="Add a transmitter">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate(undefined);
        }}
      >
        <Stack>
          <ProblemAlert error={make.error} />
          <FieldList
            {...{ fields, values, errors: field_errors(make.error) }}
            on_change={(path, value) => set_values({ ...values, [path]: value })}
          />
          <Group>
            <Button type="submit" loading={make.isPending}>
              Add the transmitter
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
