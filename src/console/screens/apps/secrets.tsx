import { Alert, Badge, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '../../api/client.ts';
import { Card } from '../../components/card.tsx';
import { Icon } from '../../components/icon.tsx';
import { moment, TimeAgo } from '../../components/time_ago.tsx';
import { has_secret } from './kind.ts';

/** Which secrets count now: the one that is in force, and for a while the one before. The record knows; secrets themselves are never read again. */
export function Secrets({ client }: { readonly client: Schemas['Client'] }) {
  const { data } = useQuery({
    queryKey: ['clients', client.id, 'secrets'],
    queryFn: () => take(api.GET('/audit-events', { params: { query: { type: 'client.secret_rotated', target: client.id, limit: 1 } } })),
    enabled: has_secret(client),
  });
  if (!has_secret(client) || data === undefined) return null;
  const rotated = data.data[0];
  const until = rotated?.after?.['previous_secret_expires_at'];
  const both = typeof until === 'string' && Date.parse(until) > Date.now();
  return (
    <Card title="Secrets">
      <Stack gap="xs">
        <Group gap="xs">
          <Badge color="green">current</Badge>
          <Text size="sm">
            made <TimeAgo at={rotated?.at ?? client.created_at} />
          </Text>
        </Group>
        {both && (
          <Alert color="yellow" icon={<Icon name="clock" />} title={`The secret before works until ${moment(until)}`}>
            Give the app the new one by then. To end the old one at once: New secret, “no longer”.
          </Alert>
        )}
      </Stack>
    </Card>
  );
}
