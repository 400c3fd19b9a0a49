import { Badge, List, Stack, Table, Text } from '@mantine/core';
import type { Schemas } from '../../../api/client.ts';

type Planned = Schemas['TenantsChanges'];
type Change = Planned['changes'][number];
const actions: Readonly<Record<Change['action'], readonly [would: string, did: string, color: string]>> = {
  create: ['new', 'made', 'green'],
  update: ['changes', 'changed', 'yellow'],
  remove: ['goes', 'removed', 'red'],
};

/** What a file would change, or has changed: each thing with its fields before and after. */
export function Changes({ planned: { dry_run, changes, not_in_file } }: { readonly planned: Planned }) {
  const count = (action: Change['action']): number => changes.filter((change) => change.action === action).length;
  const told = `${count('create')} new, ${count('update')} changed, ${count('remove')} removed`;
  return (
    <Stack gap="sm">
      <Text role="status" fw={600}>
        {changes.length === 0
          ? 'Nothing to do: the configuration is what the file says.'
          : dry_run
            ? `Nothing is changed yet. It would be: ${told}.`
            : `Done: ${told}.`}
      </Text>
      {changes.length > 0 && (
        <div className="scroll" role="region" aria-label="Changes" tabIndex={0}>
          <Table className="table">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">What</Table.Th>
                <Table.Th scope="col">State</Table.Th>
                <Table.Th scope="col">Fields</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {changes.map(({ action, kind, name, differences }) => (
                <Table.Tr key={`${action} ${kind} ${name}`}>
                  <Table.Th scope="row">
                    {kind.replaceAll('_', ' ')} <strong>{name}</strong>
                  </Table.Th>
                  <Table.Td>
                    <Badge color={actions[action][2]}>{actions[action][dry_run ? 0 : 1]}</Badge>
                  </Table.Td>
                  <Table.Td>
                    {differences.map(({ path, before, after }) => (
                      <div key={path} className="difference">
                        <code className="mono">{path}</code>: {action === 'create' ? '' : `${shown(before)} → `}
                        {shown(after)}
                      </div>
                    ))}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {not_in_file.length > 0 && (
        <details>
          <summary>
            {not_in_file.length} {not_in_file.length === 1 ? 'thing is' : 'things are'} not in the file and left alone
          </summary>
          <List size="sm" mt="xs">
            {not_in_file.slice(0, 200).map(({ kind, name }) => (
              <List.Item key={`${kind} ${name}`}>
                {kind.replaceAll('_', ' ')} {name}
              </List.Item>
            ))}
          </List>
        </details>
      )}
    </Stack>
  );
}

const MOST = 160;

/** A value in one line, cut where it is long. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}
