import { Alert, Button, Group, List, Loader, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { access_query, ends_of } from '../../api/access.ts';
import { organization_query } from '../../api/queries.ts';
import { ask_raw } from '../../api/raw.ts';
import { use_change } from '../../api/use_change.ts';
import { use_rights } from '../../api/use_session.ts';
import { Card } from '../../components/card.tsx';
import { Facts } from '../../components/facts.tsx';
import { Icon } from '../../components/icon.tsx';
import { LinkButton } from '../../components/links.tsx';
import { PageHead } from '../../components/page_head.tsx';
import { ProblemAlert } from '../../components/problem_alert.tsx';
import { save_text } from '../../components/save_text.ts';
import { moment } from '../../components/time_ago.tsx';
import { lines_of, type OffBoarded } from './off_boarded.ts';

const route = getRouteApi('/shell/off-board/$organization_id');

/** The end of a partner: what is kept of it is taken along, then nothing is left. */
export function OffBoard() {
  const { organization_id } = route.useParams();
  const { write_installation } = use_rights();
  // what is shown of it stays in sight when it is gone
  const { data, error } = useQuery({ ...organization_query(organization_id), staleTime: Number.POSITIVE_INFINITY, retry: false });
  const { data: access } = useQuery({ ...access_query(organization_id, {}), staleTime: Number.POSITIVE_INFINITY, retry: false });
  const [typed, set_typed] = useState('');
  const { name, slug } = data?.item ?? { name: '', slug: '' };
  const run = async (dry_run: boolean): Promise<OffBoarded> => {
    const body = JSON.stringify({ confirm: slug, dry_run });
    const path = `/api/v1/organizations/${encodeURIComponent(organization_id)}/offboard`;
    const text = await (await ask_raw('POST', path, { body, type: 'application/json' })).text();
    save_text(`${slug}${dry_run ? '' : '-off-boarded'}.ndjson`, text, 'application/x-ndjson');
    return lines_of(text, moment(new Date().toISOString()));
  };
  const take_along = use_change({ run: () => run(true) });
  const end = use_change({ run: () => run(false) });
  if (data === undefined) return <ProblemAlert error={error} />;
  if (end.data !== undefined) return <Receipt name={name} done={end.data} />;
  if (!write_installation) return <Text c="dimmed">Your role may not do this.</Text>;
  const kept = take_along.data;
  return (
    <>
      <PageHead title={`Off-board ${name}`} lead="Take along what is kept of this partner, then end it. What is gone does not come back." />
      <Stack gap="md" maw="48rem">
        <Card title="1. Download everything">
          <Stack gap="sm">
            <Text size="sm">
              Domains, connections, groups, and of each person everything that is kept, as lines of JSON. Secrets are not in it. Nothing is
              changed yet.
            </Text>
            <ProblemAlert error={take_along.error} />
            {kept !== undefined && (
              <Alert color="green" icon={<Icon name="check" />} role="status" title={`Downloaded ${kept.at}`}>
                {kept.counts.map(([kind, count]) => `${count} ${kind}`).join(', ')}. Look into the file before you go on.
              </Alert>
            )}
            <Group>
              <Button
                variant={kept === undefined ? 'filled' : 'default'}
                loading={take_along.isPending}
                disabled={end.isPending}
                onClick={() => take_along.mutate(undefined)}
              >
                {kept === undefined ? 'Download' : 'Download again'}
              </Button>
            </Group>
          </Stack>
        </Card>
        <Card title="2. End it">
          <form
            onSubmit={(event) => {
              event.preventDefault();
              end.mutate(undefined);
            }}
          >
            <Stack gap="sm">
              <Text size="sm" fw={600}>
                This ends:
              </Text>
              <List size="sm">
                {ends_of(access).map((one) => (
                  <List.Item key={one}>{one}</List.Item>
                ))}
                {kept?.counts.map(([kind, count]) => (
                  <List.Item key={kind}>
                    {count} {kind}
                  </List.Item>
                ))}
                <List.Item>
                  what the audit record and the sign-in log know of its people: that something happened stays, who it was goes
                </List.Item>
              </List>
              <TextInput
                label={
                  <>
                    Type <strong>{name}</strong> to go on
                  </>
                }
                description={kept === undefined ? 'First download what is kept.' : undefined}
                value={typed}
                onChange={(event) => set_typed(event.currentTarget.value)}
                disabled={kept === undefined || end.isPending}
                spellCheck={false}
                maw="28rem"
              />
              <ProblemAlert error={end.error} />
              {end.isPending && (
                <Group gap="sm" role="status">
                  <Loader size="sm" />
                  <Text size="sm">
                    Access has ended. Now its people are erased one by one; with thousands of them this takes minutes. Leave this page open:
                    it is the receipt that comes.
                  </Text>
                </Group>
              )}
              {end.error !== null && <Text size="sm">What stopped in between can be asked for again: it goes on with what is left.</Text>}
              <Group>
                <Button type="submit" color="red" loading={end.isPending} disabled={kept === undefined || typed.trim() !== name}>
                  Off-board
                </Button>
                <LinkButton to="/organizations/$organization_id/settings" params={{ organization_id }} variant="default">
                  Cancel
                </LinkButton>
              </Group>
            </Stack>
          </form>
        </Card>
      </Stack>
    </>
  );
}

function Receipt({ name, done }: { readonly name: string; readonly done: OffBoarded }) {
  const { receipt, at } = done;
  return (
    <>
      <PageHead title={`${name} is off-boarded`} lead="Its export was downloaded once more, with this receipt as the last line." />
      <Card title="Receipt">
        <Stack>
          <Facts
            of={[
              [
                'Organization',
                <code className="mono" key="id">{`${String(receipt['slug'])} · ${String(receipt['organization_id'])}`}</code>,
              ],
              ['People erased', String(receipt['users_erased'])],
              ['Audit events emptied of names', String(receipt['events_emptied'])],
              ['Done', at],
            ]}
          />
          <Group>
            <Button variant="default" onClick={() => save_text('receipt.json', JSON.stringify(receipt, null, 2), 'application/json')}>
              Download the receipt
            </Button>
            <LinkButton to="/organizations">All organizations</LinkButton>
          </Group>
        </Stack>
      </Card>
    </>
  );
}
