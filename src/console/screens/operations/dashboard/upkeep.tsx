import { Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Schemas } from '../../../api/client.ts';
import { Card } from '../../../components/card.tsx';
import { StatusBadge } from '../../../components/status_badge.tsx';
import { day } from '../../../components/time_ago.tsx';
import { Deliveries } from './deliveries.tsx';

/** What will need a hand. */
export function Upkeep({ upkeep }: { readonly upkeep: Schemas['UpkeepFigures'] | undefined }) {
  if (upkeep === undefined) return null;
  const { certificates } = upkeep;
  return (
    <div className="two" id="certificates">
      <Card order={2} title="Certificates" note="Soonest first." flush={certificates.length > 0}>
        {certificates.length === 0 ? (
          <Text c="dimmed">None ends within 90 days.</Text>
        ) : (
          <div className="scroll" role="region" aria-label="Certificates that end" tabIndex={0}>
            <Table className="table">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">Connection</Table.Th>
                  <Table.Th scope="col">Ends</Table.Th>
                  <Table.Th scope="col" ta="end">
                    Days left
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {certificates.map(({ organization_id, organization_name, connection_id, connection_name, ends_at, days_left }) => (
                  <Table.Tr key={connection_id}>
                    <Table.Td>
                      <Link
                        to="/organizations/$organization_id/connections/$connection_id"
                        params={{ organization_id, connection_id }}
                        search={{ tab: 'certificates' }}
                        className="row-link"
                      >
                        {organization_name ?? organization_id} · {connection_name}
                      </Link>
                    </Table.Td>
                    <Table.Td>{day(ends_at)}</Table.Td>
                    <Table.Td ta="end">{days_left < 0 ? <StatusBadge status="failed" /> : days_left}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
      </Card>
      <Deliveries upkeep={upkeep} />
    </div>
  );
}
