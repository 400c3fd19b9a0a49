import { ActionIcon, Autocomplete, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { api, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { Icon } from '../../../components/icon.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import type { Of } from './of.ts';
import { MappingPreview } from './mapping_preview.tsx';
import { known_targets, mapping_of, type MappingRow, rows_of, type WrittenMapping } from './mapping_rows.ts';

/** Which of the partner's attributes becomes what, with what it would make of people who have signed in. */
export function Mapping({ organization_id, connection, etag }: Of) {
  const { write_organization } = use_rights();
  const { id, attribute_mapping } = connection;
  const before = rows_of(attribute_mapping);
  const [rows, set_rows] = useState<readonly MappingRow[]>(before);
  const mapping = mapping_of(rows);
  const [tried] = useDebouncedValue(mapping, 400);
  const dirty = JSON.stringify(mapping) !== JSON.stringify(attribute_mapping);
  const change = use_change({
    run: (value: WrittenMapping | null) =>
      take(
        api.PATCH('/organizations/{organization_id}/connections/{id}', {
          params: { path: { organization_id, id }, header: { 'If-Match': etag } },
          // RFC 7396: what is not there any more has to be taken away by name
          body: { attribute_mapping: value === null ? null : { ...gone(attribute_mapping, value), ...value } },
        }),
      ),
    done: 'Saved. The next sign-in uses it.',
    refresh: [['organizations', organization_id, 'connections']],
  });
  const put = (at: number, row: Partial<MappingRow>) => set_rows(rows.map((one, index) => (index === at ? { ...one, ...row } : one)));
  return (
    <div className="two">
      <Card
        title="Mapping"
        note="Left our field, right the partner’s attribute. Without any line, the usual names of the protocol are taken."
      >
        <Stack gap="sm">
          <ProblemAlert error={change.error} />
          {rows.map(({ target, source }, at) => (
            <Group key={at} gap="xs" wrap="nowrap" align="flex-start">
              <Autocomplete
                aria-label={`Our field ${at + 1}`}
                placeholder="email"
                data={[...known_targets]}
                value={target}
                onChange={(value) => put(at, { target: value })}
                disabled={!write_organization}
                style={{ flex: '1 1 40%' }}
              />
              <TextInput
                aria-label={`From the partner’s attribute ${at + 1}`}
                placeholder='mail, or {"from": "memberOf", "split": ";"}'
                value={source}
                onChange={(event) => put(at, { source: event.currentTarget.value })}
                disabled={!write_organization}
                spellCheck={false}
                style={{ flex: '1 1 60%' }}
              />
              {write_organization && (
                <ActionIcon aria-label={`Remove line ${at + 1}`} onClick={() => set_rows(rows.filter((_row, index) => index !== at))}>
                  <Icon name="trash" />
                </ActionIcon>
              )}
            </Group>
          ))}
          {rows.length === 0 && <Text c="dimmed">No line: the usual names of the protocol.</Text>}
          {mapping === undefined && (
            <Text c="var(--mantine-color-error)" size="sm" role="alert">
              A rule that begins with {'{'} has to be whole JSON.
            </Text>
          )}
          {write_organization && (
            <Group>
              <Button
                variant="default"
                leftSection={<Icon name="plus" size={16} />}
                onClick={() => set_rows([...rows, { target: '', source: '' }])}
              >
                Add a line
              </Button>
              <Button disabled={!dirty || mapping === undefined} loading={change.isPending} onClick={() => change.mutate(mapping ?? null)}>
                Save
              </Button>
            </Group>
          )}
        </Stack>
      </Card>
      {write_organization && <MappingPreview {...{ organization_id, id, mapping: tried ?? null }} />}
    </div>
  );
}

const gone = (before: Readonly<Record<string, unknown>> | null, now: Readonly<Record<string, unknown>>): Record<string, null> =>
  Object.fromEntries(
    Object.keys(before ?? {})
      .filter((name) => !Object.hasOwn(now, name))
      .map((name) => [name, null]),
  );
