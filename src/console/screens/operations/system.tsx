import { Anchor, Badge, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, take } from '../../api/client.ts';
import { use_session } from '../../api/use_session.ts';
import { Card } from '../../components/card.tsx';
import { CopyField } from '../../components/copy_field.tsx';
import { Facts } from '../../components/facts.tsx';
import { PageHead } from '../../components/page_head.tsx';
import { ProblemAlert } from '../../components/problem_alert.tsx';
import { TimeAgo } from '../../components/time_ago.tsx';

/** What runs here, whether it is in order, and how it is set up. */
export function System() {
  const { mocks_url } = use_session();
  const { data, error, refetch } = useQuery({ queryKey: ['system'], queryFn: () => take(api.GET('/system')), refetchInterval: 15_000 });
  if (data === undefined) return <ProblemAlert error={error} retry={refetch} />;
  const { version, node, issuer, started_at, database, checks, operators_organization, settings } = data;
  return (
    <>
      <PageHead title="System" lead="What runs here, whether it is in order, and how it is set up." />
      <Stack gap="lg">
        <div className="two">
          <Card order={2} title="This broker">
            <Facts
              of={[
                ['Version', version],
                ['Node', node],
                ['Issuer', <CopyField key="i" value={issuer} what="the issuer" />],
                [
                  'Discovery',
                  <Anchor key="d" href="/.well-known/openid-configuration">
                    /.well-known/openid-configuration
                  </Anchor>,
                ],
                ['Started', <TimeAgo key="s" at={started_at} />],
                [
                  'Database',
                  `${database.kind === 'sqlite' ? 'SQLite' : 'PostgreSQL'}, ${database.migrated ? 'migrated' : 'migrations are missing'}`,
                ],
                ['Operators', operators_organization ?? 'by admin key only'],
                mocks_url !== null && [
                  'Mock partners',
                  <Anchor key="m" href={mocks_url}>
                    {mocks_url}
                  </Anchor>,
                ],
              ]}
            />
          </Card>
          <Card order={2} title="Health" note="What /readyz asks.">
            <Facts
              of={checks.map(
                ({ name, ok }) =>
                  [
                    name,
                    <Badge key={name} color={ok ? 'green' : 'red'}>
                      {ok ? 'in order' : 'not in order'}
                    </Badge>,
                  ] as const,
              )}
            />
            <Text size="sm" c="dimmed" mt="md">
              <code>postern doctor</code> looks closer: clocks, certificates, unsafe settings.
            </Text>
          </Card>
        </div>
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
      </Stack>
    </>
  );
}
