import { Badge, Button, Group, Text } from '@mantine/core';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { CopyButton, CopyField } from '../../../components/copy_field.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import type { Of } from './of.ts';

const colors = { current: 'green', next: 'accent', retired: 'gray' } as const;

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
  return (
    <Card
      title="Our certificates"
      note="In our metadata. A next one is published well before it is used, so that the partner knows it."
      flush
    >
      {activate.error !== null && <ProblemAlert error={activate.error} />}
      <ul className="checks">
        {certificates.map(({ kid, use, state, subject, expires_at, sha256, pem }) => (
          <li key={`${kid} ${use}`} style={{ gridTemplateColumns: 'minmax(0, 1fr) auto' }}>
            <div>
              <Group gap="xs">
                <Badge color={colors[state]}>{state}</Badge>
                <Text fw={550} size="sm">
                  {use === 'signing' ? 'Signing' : 'Encryption'}: {subject}
                </Text>
                <Text size="sm" c="dimmed">
                  ends <TimeAgo at={expires_at} />
                </Text>
              </Group>
              <CopyField value={sha256.match(/../g)?.join(':') ?? sha256} what="the SHA-256 fingerprint" />
            </div>
            <Group gap="xs">
              <CopyButton value={pem} what="the certificate (PEM)" />
              {write_organization && state === 'next' && use === 'signing' && (
                <Button size="xs" variant="default" loading={activate.isPending} onClick={() => activate.mutate(kid)}>
                  Use it now
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
    </Card>
  );
}
