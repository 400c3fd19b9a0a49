import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Icon } from '../../../components/icon.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { CertificateLine } from './certificate_line.tsx';
import type { Of } from './of.ts';

type Waiting = NonNullable<NonNullable<Schemas['Connection']['trust']>['waiting']>;

/** Keys that the partner has published and nobody has approved: what would come, what would go. */
export function WaitingKeys({ organization_id, connection: { id, trust }, waiting }: Of & { readonly waiting: Waiting }) {
  const { write_organization } = use_rights();
  const approve = use_change({
    run: () =>
      take(
        api.POST('/organizations/{organization_id}/connections/{id}/approve-keys', {
          params: { path: { organization_id, id } },
          // those that somebody has looked at here, and no others
          body: { sha256: waiting.added.map(({ sha256 }) => sha256) },
        }),
      ),
    done: 'Approved. The new certificates are used from now on.',
    refresh: [['organizations', organization_id]],
  });
  const known = new Map(trust?.certificates.map((certificate) => [certificate.sha256, certificate]));
  return (
    <Alert color="yellow" icon={<Icon name="key" />} title="The partner has published other certificates">
      <Stack gap="sm">
        <Text size="sm">
          Found <TimeAgo at={waiting.found_at} />. Until they are approved, sign-ins signed with them are refused. Compare the fingerprint
          with the partner, on another way than e-mail.
        </Text>
        <ul className="diff" aria-label="What would change">
          {waiting.added.map((certificate) => (
            <li key={certificate.sha256} className="added">
              <CertificateLine certificate={certificate} change="New" />
            </li>
          ))}
          {waiting.removed.map((sha256) => {
            const certificate = known.get(sha256);
            return (
              <li key={sha256} className="removed">
                {certificate === undefined ? (
                  <code className="mono">{sha256}</code>
                ) : (
                  <CertificateLine certificate={certificate} change="Gone" />
                )}
              </li>
            );
          })}
        </ul>
        <ProblemAlert error={approve.error} />
        {write_organization && (
          <Group>
            <Button loading={approve.isPending} onClick={() => approve.mutate(undefined)}>
              Approve the change
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
