import { Badge, Group, Progress, Text } from '@mantine/core';
import type { Schemas } from '../../../api/client.ts';

export type UserImport = Schemas['UserImport'];

export const is_under_way = (status: UserImport['status']): boolean =>
  status === 'receiving' || status === 'waiting' || status === 'running';

/** How far it is, or how it ended. */
export function ImportState({ job: { status, dry_run, done, total } }: { readonly job: UserImport }) {
  return (
    <Group gap={6} wrap="nowrap">
      {is_under_way(status) ? (
        <>
          <Progress value={total === 0 ? 0 : (100 * done) / total} w={80} aria-label="Progress" />
          <Text size="sm">
            {done} of {total}
          </Text>
        </>
      ) : (
        <Badge color={status === 'done' ? 'green' : 'red'}>{status.replaceAll('_', ' ')}</Badge>
      )}
      {dry_run && <Badge color="gray">tried only</Badge>}
    </Group>
  );
}
