import { ActionIcon, Autocomplete, Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { Icon } from '../../../components/icon.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';

type Target = Schemas['SCIMTarget'];
interface Row {
  readonly attribute: string;
  /** One of ours, or `="a fixed text"`. */
  readonly source: string;
}

const SOURCES = ['sub', 'user_name', 'email', 'name', 'given_name', 'family_name', 'display_name', 'org_id', 'org_slug', 'org_name'];
const ATTRIBUTES = ['userName', 'displayName', 'name.givenName', 'name.familyName', 'emails[type eq "work"].value', 'title', 'nickName'];

const rows_of = (mapping: Target['mapping']): Row[] =>
  Object.entries(mapping).map(([attribute, source]) => ({ attribute, source: typeof source === 'string' ? source : `=${source.value}` }));

const mapping_of = (rows: readonly Row[]): Target['mapping'] =>
  Object.fromEntries(
    rows
      .map(({ attribute, source }) => [attribute.trim(), source.trim()] as const)
      .filter(([attribute, source]) => attribute !== '' && source !== '')
      .map(([attribute, source]) => [attribute, source.startsWith('=') ? { value: source.slice(1) } : source]),
  );

/** Which of our fields is sent as which attribute of SCIM. */
export function TargetMapping({ target: { id, mapping }, etag }: { readonly target: Target; readonly etag: string }) {
  const { write_installation } = use_rights();
  const [rows, set_rows] = useState<readonly Row[]>(rows_of(mapping));
  const now = mapping_of(rows);
  const dirty = JSON.stringify(now) !== JSON.stringify(mapping);
  const save = use_change({
    run: () => {
      // RFC 7396: what is not there any more has to be taken away by name
      const gone = Object.keys(mapping).filter((name) => !Object.hasOwn(now, name));
      const body = { mapping: { ...Object.fromEntries(gone.map((name) => [name, null])), ...now } };
      return take(api.PATCH('/scim-targets/{id}', { params: { path: { id }, header: { 'If-Match': etag } }, body }));
    },
    done: 'Saved. Whoever changes from now on is sent like this; Send everyone brings it to all.',
    refresh: [['scim-targets']],
  });
  const put = (at: number, row: Partial<Row>) => set_rows(rows.map((one, index) => (index === at ? { ...one, ...row } : one)));
  return (
    <Card
      order={2}
      title="Mapping"
      note="Left the attribute of SCIM, right what is sent: one of our fields, attributes.NAME, scim.NAME, or = and a fixed text."
    >
      <Stack gap="sm" maw="48rem">
        <ProblemAlert error={save.error} />
        {rows.map(({ attribute, source }, at) => (
          <Group key={at} gap="xs" align="flex-start">
            <Autocomplete
              aria-label={`Attribute ${at + 1}`}
              data={ATTRIBUTES}
              value={attribute}
              onChange={(value) => put(at, { attribute: value })}
              disabled={!write_installation}
              style={{ flex: '1 1 9rem' }}
            />
            <Autocomplete
              aria-label={`What is sent as attribute ${at + 1}`}
              data={SOURCES}
              value={source}
              onChange={(value) => put(at, { source: value })}
              disabled={!write_installation}
              style={{ flex: '1 1 9rem' }}
            />
            {write_installation && (
              <ActionIcon aria-label={`Remove line ${at + 1}`} onClick={() => set_rows(rows.filter((_row, index) => index !== at))}>
                <Icon name="trash" />
              </ActionIcon>
            )}
          </Group>
        ))}
        {write_installation && (
          <Group>
            <Button
              variant="default"
              leftSection={<Icon name="plus" size={16} />}
              onClick={() => set_rows([...rows, { attribute: '', source: '' }])}
            >
              Add a line
            </Button>
            <Button disabled={!dirty} loading={save.isPending} onClick={() => save.mutate(undefined)}>
              Save
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  );
}
