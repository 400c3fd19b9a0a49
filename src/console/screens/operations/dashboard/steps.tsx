import { Table, Text } from '@mantine/core';
import type { Schemas } from '../../../api/client.ts';
import { Card } from '../../../components/card.tsx';
import { LinkAnchor } from '../../../components/links.tsx';

/** How long steps take: what waits for a person is in it as well. */
export function Steps({ figures }: { readonly figures: Schemas['SignInFigures'] | undefined }) {
  const steps = [...(figures?.steps ?? [])].sort((a, b) => b.p95_ms - a.p95_ms).slice(0, 10);
  return (
    <Card
      order={2}
      title="Time by step"
      note={`Since the step before, of the newest ${figures?.sampled ?? 0} sign-ins. People's own time counts.`}
      flush={steps.length > 0}
      actions={
        figures !== undefined && (
          <LinkAnchor size="sm" to="/sign-ins" search={{ since: figures.since }}>
            These sign-ins
          </LinkAnchor>
        )
      }
    >
      {steps.length === 0 ? (
        <Text c="dimmed">No sign-in to measure.</Text>
      ) : (
        <div className="scroll" role="region" aria-label="Steps and their time" tabIndex={0}>
          <Table className="table">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Step</Table.Th>
                <Table.Th scope="col" ta="end">
                  Half within
                </Table.Th>
                <Table.Th scope="col" ta="end">
                  95 % within
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {steps.map(({ name, p50_ms, p95_ms }) => (
                <Table.Tr key={name}>
                  <Table.Td>{name.replaceAll('_', ' ')}</Table.Td>
                  <Table.Td ta="end">{time(p50_ms)}</Table.Td>
                  <Table.Td ta="end">{time(p95_ms)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Card>
  );
}

const time = (milliseconds: number): string => (milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`);
