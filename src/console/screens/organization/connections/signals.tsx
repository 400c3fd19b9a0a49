import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { CopyField } from '../../../components/copy_field.tsx';
import { Empty } from '../../../components/empty.tsx';
import { Facts } from '../../../components/facts.tsx';
import { EditForm } from '../../../components/fields/edit_form.tsx';
import type { Field } from '../../../components/fields/field.ts';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { SecretOnce, type ShownSecret } from '../../../components/secret_once.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { NewSignalSource } from './new_signal_source.tsx';
import type { Of } from './of.ts';

const fields: readonly Field[] = [
  { path: 'audience', label: 'Audience (aud) of its events', kind: 'text', required: true, description: 'As the transmitter writes it.' },
];

/** The transmitter of the partner (Shared Signals) that may end sessions made through this connection: one at most. */
export function Signals({ organization_id, connection }: Of) {
  const { write_organization } = use_rights();
  const [secret, set_secret] = useState<ShownSecret>();
  const key = ['organizations', organization_id, 'signal-sources'];
  const { data, error, refetch } = useQuery({ queryKey: key, queryFn: () => all_sources(organization_id) });
  if (error !== null) return <ProblemAlert error={error} retry={refetch} />;
  if (data === undefined) return null;
  const source = data.find(({ connection_id }) => connection_id === connection.id);
  return (
    <Stack gap="md">
      {source === undefined ? (
        <>
          <Card>
            <Empty icon="shield" title="No transmitter yet">
              A partner’s identity provider that speaks Shared Signals (CAEP) tells at once when somebody’s session is to end: when they
              leave, lose a device, or change their password. Without it, they are found out at the next sign-in or check.
            </Empty>
          </Card>
          {write_organization && (
            <NewSignalSource
              {...{ organization_id, connection_id: connection.id, refresh: [key] }}
              on_made={({ events_url, token }) =>
                set_secret({
                  title: 'What the transmitter needs',
                  values: [
                    ['Endpoint', events_url],
                    ['Token', token],
                  ],
                  next: 'At the partner: push delivery (RFC 8935) to this endpoint, with the token as Authorization: Bearer.',
                })
              }
            />
          )}
        </>
      ) : (
        <Source {...{ organization_id, source, refresh: [key] }} />
      )}
      <SecretOnce secret={secret} on_close={() => set_secret(undefined)} />
    </Stack>
  );
}

/** There is one for each connection, so there are few. */
async function all_sources(organization_id: string): Promise<Schemas['SignalSource'][]> {
  const found: Schemas['SignalSource'][] = [];
  let after: string | undefined;
  do {
    const query = { limit: 100, after };
    const page = await take(api.GET('/organizations/{organization_id}/signal-sources', { params: { path: { organization_id }, query } }));
    found.push(...page.data);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return found;
}

interface SourceProps {
  readonly organization_id: string;
  readonly source: Schemas['SignalSource'];
  readonly refresh: readonly (readonly string[])[];
}

function Source({ organization_id, source, refresh }: SourceProps) {
  const { write_organization } = use_rights();
  const [destruction, set_destruction] = useState<Destruction>();
  const path = { organization_id, id: source.id };
  const remove = use_change({
    run: () => take(api.DELETE('/organizations/{organization_id}/signal-sources/{id}', { params: { path } })),
    done: 'The transmitter is not heard any more.',
    refresh,
  });
  const end: Destruction = {
    title: 'Remove the transmitter?',
    what: 'Its token ends, and what it sends is refused. Sessions stay as they are.',
    verb: 'Remove',
    run: () => remove.mutateAsync(undefined),
  };
  return (
    <Card
      title="Transmitter"
      actions={
        write_organization && (
          <Button size="xs" variant="default" onClick={() => set_destruction(end)}>
            Remove
          </Button>
        )
      }
    >
      <Stack>
        <Facts
          of={[
            ['Issuer', <CopyField key="i" value={source.issuer} what="the issuer of the transmitter" />],
            ['Sends to', <CopyField key="e" value={source.events_url} what="the address for events" />],
            ['Its keys', <CopyField key="k" value={source.jwks_uri} what="the address of its keys" />],
            source.configuration_url !== null && [
              'Configuration',
              <code key="c" className="mono">
                {source.configuration_url}
              </code>,
            ],
            ['Last heard of', <TimeAgo key="l" at={source.last_received_at} never="nothing yet" />],
          ]}
        />
        {source.last_received_at === null && (
          <Text size="sm" c="dimmed">
            Ask the partner to send a verification event: it shows here.
          </Text>
        )}
        <EditForm
          fields={fields}
          item={source}
          save={(body) => take(api.PATCH('/organizations/{organization_id}/signal-sources/{id}', { params: { path }, body }))}
          refresh={refresh}
          read_only={!write_organization}
        />
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            A lost token: remove the transmitter and add it again.
          </Text>
        </Group>
      </Stack>
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </Card>
  );
}
