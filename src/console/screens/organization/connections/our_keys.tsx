import { Badge, Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { CopyButton, CopyField } from '../../../components/copy_field.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { NewOwnKey } from './new_own_key.tsx';
import type { Of } from './of.ts';

const colors = { current: 'green', next: 'accent', retired: 'gray' } as const;
/** What a state means, for each use. */
const meanings = {
  signing: { current: 'we sign with it', next: 'published, not used yet', retired: 'not used any more' },
  encryption: { current: 'the partner encrypts with it', next: 'published, not used yet', retired: 'still decrypts what comes' },
} as const;

/** The keys that we sign and decrypt with, for this partner alone. */
export function OurKeys({
  organization_id,
  connection: { id },
  certificates,
}: Of & { readonly certificates: readonly Schemas['ConnectionKey'][] }) {
  const { write_organization } = use_rights();
  const activate = use_change({
    run: (kid: string) =>
      take(
        api.POST('/organizations/{organization_id}/connections/{id}/keys/{kid}/activate', {
          params: { path: { organization_id, id, kid } },
        }),
      ),
    done: 'We sign with this key from now on.',
    refresh: [['organizations', organization_id]],
  });
  const remove = use_change({
    run: (kid: string) =>
      take(api.DELETE('/organizations/{organization_id}/connections/{id}/keys/{kid}', { params: { path: { organization_id, id, kid } } })),
    done: 'The key is gone.',
    refresh: [['organizations', organization_id]],
  });
  const [bringing, set_bringing] = useState(false);
  const [destruction, set_destruction] = useState<Destruction>();
  const ask = ({ kid, use, subject }: Schemas['ConnectionKey']): void =>
    set_destruction({
      title: `Remove the key ${subject}?`,
      what:
        use === 'encryption'
          ? 'What the partner still encrypts with it cannot be read: sign-ins fail until it has taken the one in use.'
          : 'It goes from our metadata. Nothing is signed with it.',
      verb: 'Remove the key',
      run: () => remove.mutateAsync(kid),
    });
  return (
    <Card
      title="Our certificates"
      note="In our metadata. A next one is published well before it is used, so that the partner knows it."
      flush
      actions={
        write_organization && (
          <Button size="xs" variant="default" onClick={() => set_bringing(true)}>
            Bring a key along
          </Button>
        )
      }
    >
      {activate.error !== null && <ProblemAlert error={activate.error} />}
      <ul className="checks">
        {certificates.map((key) => {
          const { kid, use, state, subject, expires_at, sha256, pem } = key;
          return (
            <li key={`${kid} ${use}`} style={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between' }}>
              <div style={{ flex: '1 1 14rem', minInlineSize: 0 }}>
                <Group gap="xs">
                  <Badge color={colors[state]}>{state}</Badge>
                  <Text fw={550} size="sm">
                    {use === 'signing' ? 'Signing' : 'Encryption'}: {subject}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {meanings[use][state]}
                  </Text>
                  <Text size="sm" c="dimmed">
                    ends <TimeAgo at={expires_at} />
                  </Text>
                </Group>
                <CopyField value={sha256.match(/../g)?.join(':') ?? sha256} what="the SHA-256 fingerprint" />
              </div>
              <Group gap="xs">
                <CopyButton value={pem} what="the certificate (PEM)" />
                {write_organization && state !== 'current' && (
                  <Button size="xs" variant="default" loading={activate.isPending} onClick={() => activate.mutate(kid)}>
                    Use it now
                  </Button>
                )}
                {write_organization && state !== 'current' && (
                  <Button size="xs" variant="default" aria-label={`Remove the ${state} ${use} key`} onClick={() => ask(key)}>
                    Remove
                  </Button>
                )}
              </Group>
            </li>
          );
        })}
      </ul>
      <NewOwnKey {...{ organization_id, connection_id: id }} opened={bringing} on_close={() => set_bringing(false)} />
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </Card>
  );
}
