import { List, Stack, Text } from '@mantine/core';
import type { Schemas } from '../../../api/client.ts';
import { Card } from '../../../components/card.tsx';
import { Facts } from '../../../components/facts.tsx';
import { LinkAnchor } from '../../../components/links.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';

const words = { failed: 'failed', stopped: 'was stopped by its brake' } as const;

/** How people come and go: directories that push, directories that are read, and apps that are told. */
export function Provisioning({ upkeep: { scim, scim_targets, syncs } }: { readonly upkeep: Schemas['UpkeepFigures'] }) {
  const read = syncs.running + syncs.finished + syncs.failed + syncs.stopped;
  return (
    <Card order={2} title="Directories and apps">
      <Stack gap="md">
        <div className="narrow">
          <Facts
            of={[
              ['SCIM, last 24 hours', `${scim.requests} requests, ${scim.refused} refused, ${scim.failed} failed`],
              [
                'Directories that are read',
                read === 0
                  ? 'none'
                  : `${syncs.finished} in order, ${syncs.running} at work, ${syncs.failed} failed, ${syncs.stopped} stopped by the brake`,
              ],
              [
                'Apps that are told',
                <LinkAnchor key="t" to="/scim-targets">
                  {scim_targets.enabled} on, {scim_targets.failing} failing, {scim_targets.given_up} given up
                </LinkAnchor>,
              ],
            ]}
          />
        </div>
        {syncs.wrong.length > 0 && (
          <div>
            <Text size="sm" fw={600} mb={4}>
              The last run of these was not in order
            </Text>
            <List size="sm">
              {syncs.wrong.map(({ organization_id, organization_name, connection_id, connection_name, status, at }) => (
                <List.Item key={connection_id}>
                  <LinkAnchor
                    to="/organizations/$organization_id/connections/$connection_id"
                    params={{ organization_id, connection_id }}
                    search={{ tab: 'sync' }}
                  >
                    {organization_name ?? organization_id} · {connection_name}
                  </LinkAnchor>{' '}
                  {words[status]} <TimeAgo at={at} />
                </List.Item>
              ))}
            </List>
          </div>
        )}
        {scim.organizations.length > 0 && (
          <div>
            <Text size="sm" fw={600} mb={4}>
              Whose requests were not taken
            </Text>
            <List size="sm">
              {scim.organizations.map(({ organization_id, organization_name, refused, failed }) => (
                <List.Item key={organization_id}>
                  <LinkAnchor
                    to="/organizations/$organization_id/scim"
                    params={{ organization_id }}
                    search={{ tab: 'requests', status: refused > 0 ? '4xx' : '5xx' }}
                  >
                    {organization_name ?? organization_id}
                  </LinkAnchor>
                  : {refused} refused, {failed} failed
                </List.Item>
              ))}
            </List>
          </div>
        )}
      </Stack>
    </Card>
  );
}
