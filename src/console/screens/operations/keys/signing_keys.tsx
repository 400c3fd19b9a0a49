import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { StatusBadge } from '../../../components/status_badge.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';

const WORDS = { current: 'active', next: 'pending', retired: 'retired' };

const columns: readonly Column<Schemas['SigningKey']>[] = [
  { title: 'Key', cell: ({ kid }) => <code className="mono">{kid}</code> },
  { title: 'Algorithm', cell: ({ alg }) => alg },
  {
    title: 'State',
    cell: ({ state }) => (
      <>
        <StatusBadge status={WORDS[state]} /> {state === 'current' ? 'signs' : state === 'next' ? 'published, signs next' : 'verifies only'}
      </>
    ),
  },
  { title: 'Signs since', cell: ({ current_at }) => <TimeAgo at={current_at} never="" /> },
  { title: 'Leaves', cell: ({ expires_at }) => <TimeAgo at={expires_at} never="" />, end: true },
];

/** What signs tokens now, what will, and what did. */
export function SigningKeys() {
  const { write_installation } = use_rights();
  const [destruction, set_destruction] = useState<Destruction>();
  const query = useQuery({
    queryKey: ['signing-keys'],
    queryFn: () => take(api.GET('/signing-keys', { params: { query: { limit: 100 } } })),
  });
  const rotate = use_change({
    run: () => take(api.POST('/signing-keys/rotate')),
    ...{ refresh: [['signing-keys']], done: 'New keys sign.' },
  });
  return (
    <>
      <Group justify="flex-end" mb="sm">
        {write_installation && (
          <Button
            onClick={() =>
              set_destruction({
                ...{ title: 'Rotate the signing keys?', verb: 'Rotate', run: () => rotate.mutateAsync(undefined) },
                what: 'The next keys sign from now on, and new next ones are published. Those that signed go on to verify until every token of theirs has ended. Apps that read the JWKS as they should notice nothing.',
              })
            }
          >
            Rotate now
          </Button>
        )}
      </Group>
      <Card flush>
        <DataTable
          label="Signing keys"
          columns={columns}
          query={query}
          row_key={({ kid }) => kid}
          empty={
            <Empty icon="key" title="No keys">
              The broker makes them when it starts.
            </Empty>
          }
        />
      </Card>
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </>
  );
}
