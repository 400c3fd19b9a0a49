import { Badge, Group } from '@mantine/core';
import type { Schemas } from '../../../api/client.ts';
import { HowFar } from '../../../components/how_far.tsx';

export type UserImport = Schemas['UserImport'];

export const is_under_way = (status: UserImport['status']): boolean =>
  status === 'receiving' || status === 'waiting' || status === 'running';

/** How far it is, or how it ended. */
export function ImportState({ job: { status, dry_run, done, total } }: { readonly job: UserImport }) {
  return (
    <Group gap={6} wrap="nowrap">
      {is_under_way(status) ? (
        <HowFar done={done} total={total} />
      ) : (
        <Badge color={status === 'done' ? 'green' : 'red'}>{status.replaceAll('_', ' ')}</Badge>
      )}
      {dry_run && <Badge color="gray">tried only</Badge>}
    </Group>
  );
}
