import { Button, FileInput, Group, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ask_raw } from '../../../api/raw.ts';
import { use_change } from '../../../api/use_change.ts';
import { Card } from '../../../components/card.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { type Delimiter, import_address, type_of_file } from './import_address.ts';
import type { UserImport } from './import_state.tsx';

/** A file to try or to take: both begin at once, and the screen of the import shows how far it is. */
export function NewImport({ organization_id }: { readonly organization_id: string }) {
  const navigate = useNavigate();
  const [file, set_file] = useState<File | null>(null);
  const [delimiter, set_delimiter] = useState<Delimiter>(',');
  const [mapping, set_mapping] = useState('');
  const begin = use_change({
    run: async ({ given, dry_run }: { given: File; dry_run: boolean }) => {
      const address = import_address(organization_id, { dry_run, delimiter, mapping });
      const answer = await ask_raw('POST', address, { body: given, type: type_of_file(given.name) });
      return (await answer.json()) as UserImport; // what the document says of a file
    },
    refresh: [['organizations', organization_id, 'user-imports']],
    then: ({ id }) => navigate({ to: '/organizations/$organization_id/imports/$import_id', params: { organization_id, import_id: id } }),
  });
  const csv = file === null || type_of_file(file.name) === 'text/csv';
  const send = (dry_run: boolean): void => {
    if (file !== null) begin.mutate({ given: file, dry_run });
  };
  return (
    <Card title="A file of people">
      <Stack gap="sm">
        <ProblemAlert error={begin.error} />
        <Group align="flex-end" gap="md">
          <FileInput
            label="File"
            description="CSV, NDJSON, or a SCIM bulk request; 64 MB at most"
            placeholder="Choose a file"
            accept=".csv,.ndjson,.jsonl,.json,text/csv"
            value={file}
            onChange={(chosen) => {
              set_file(chosen);
              begin.reset();
            }}
            clearable
            clearButtonProps={{ 'aria-label': 'Take the file away' }}
            w={{ base: '100%', xs: '20rem' }}
          />
          {csv && (
            <NativeSelect
              label="Parted by"
              data={[
                { value: ',', label: 'comma' },
                { value: ';', label: 'semicolon' },
                { value: 'tab', label: 'tab' },
              ]}
              value={delimiter}
              onChange={({ currentTarget: { value } }) => set_delimiter(value === ';' || value === 'tab' ? value : ',')}
            />
          )}
        </Group>
        {csv && (
          <details>
            <summary>Columns that are called otherwise</summary>
            <Textarea
              mt="xs"
              label="Column = field, one a line"
              description="user_name, email, given_name, family_name, display_name, external_id, active, groups, roles, attributes.NAME. Nothing after = passes a column over."
              placeholder={'Login = user_name\nDepartment = attributes.department\nNotes ='}
              value={mapping}
              onChange={(event) => set_mapping(event.currentTarget.value)}
              autosize
              minRows={3}
              maw="36rem"
              spellCheck={false}
            />
          </details>
        )}
        <Group>
          <Button disabled={file === null} loading={begin.isPending && begin.variables.dry_run} onClick={() => send(true)}>
            Try it
          </Button>
          <Button
            variant="default"
            disabled={file === null}
            loading={begin.isPending && !begin.variables.dry_run}
            onClick={() => send(false)}
          >
            Import
          </Button>
          <Text size="sm" c="dimmed">
            A try changes nothing, and its report says what would become of each row.
          </Text>
        </Group>
      </Stack>
    </Card>
  );
}
