import { Table, Text } from '@mantine/core';
import type { Schemas } from '../../../api/client.ts';
import { Card } from '../../../components/card.tsx';

/** Every setting as it is in force. */
export function Settings({ settings }: { readonly settings: Schemas['System']['settings'] }) {
  return (
    <Card
      order={2}
      title="Settings"
      note="As they are in force. They come from the environment and the settings file; a restart reads them."
      flush
    >
      <div className="scroll" role="region" aria-label="List of settings" tabIndex={0}>
        <Table className="table">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Setting</Table.Th>
              <Table.Th scope="col">Value</Table.Th>
              <Table.Th scope="col">What it does</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {settings.map(({ environment, value, summary, secret }) => (
              <Table.Tr key={environment}>
                <Table.Th scope="row">
                  <code className="mono">{environment}</code>
                </Table.Th>
                <Table.Td>
                  {value === null ? (
                    <Text c="dimmed" inherit>
                      not set
                    </Text>
                  ) : (
                    <code className="mono">{secret ? 'set' : value}</code>
                  )}
                </Table.Td>
                <Table.Td>{summary}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Card>
  );
}
