import { Alert, Button, Group, List, Loader, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { access_query, ends_of } from '../../api/access.ts';
import { api, take } from '../../api/client.ts';
import { organization_query } from '../../api/queries.ts';
import { ask_json, ask_raw } from '../../api/raw.ts';
import { use_change } from '../../api/use_change.ts';
import { use_rights } from '../../api/use_session.ts';
import { Card } from '../../components/card.tsx';
import { Icon } from '../../components/icon.tsx';
import { LinkButton } from '../../components/links.tsx';
import { PageHead } from '../../components/page_head.tsx';
import { ProblemAlert } from '../../components/problem_alert.tsx';
import { save_text } from '../../components/save_text.ts';
import { moment } from '../../components/time_ago.tsx';
import { Ending } from './ending.tsx';
import { lines_of, type OffBoarded } from './off_boarded.ts';
import { offboarding_query } from './offboarding_query.ts';

const route = getRouteApi('/shell/off-board/$organization_id');

const SAID = {
  access: 'Access is being ended: nobody signs in any more.',
  lines: 'Access has ended. Everything is downloaded once more, as it is now; with thousands of people this takes a minute.',
  erasing: 'Everything is downloaded. Erasing begins.',
} as const;

/** The end of a partner: what is kept of it is taken along, then nothing is left. */
export function OffBoard() {
  const { organization_id } = route.useParams();
  const { write_installation } = use_rights();
  // what is shown of it stays in sight when it is gone
  const { data, error } = useQuery({ ...organization_query(organization_id), staleTime: Number.POSITIVE_INFINITY, retry: false });
  const { data: access } = useQuery({ ...access_query(organization_id, {}), staleTime: Number.POSITIVE_INFINITY, retry: false });
  // it may have been begun before this page was opened
  const { data: begun } = useQuery(offboarding_query(organization_id));
  const [typed, set_typed] = useState('');
  const { name, slug } = data?.item ?? { name: '', slug: '' };
  const path = `/api/v1/organizations/${encodeURIComponent(organization_id)}/offboard`;
  const download = async (file: string): Promise<OffBoarded> => {
    const body = JSON.stringify({ confirm: slug, dry_run: true });
    const text = await (await ask_raw('POST', path, { body, type: 'application/json' })).text();
    save_text(file, text, 'application/x-ndjson');
    return lines_of(text, moment(new Date().toISOString()));
  };
  const take_along = use_change({ run: () => download(`${slug}.ndjson`) });
  const [step, set_step] = useState<'access' | 'lines' | 'erasing'>('access');
  const end = use_change({
    async run() {
      set_step('access');
      // access is over first: nothing changes any more in what is taken along
      await take(api.PATCH('/organizations/{organization_id}', { params: { path: { organization_id } }, body: { status: 'suspended' } }));
      set_step('lines');
      await download(`${slug}-off-boarded.ndjson`);
      set_step('erasing');
      await ask_json('POST', path, { confirm: slug, background: true });
    },
    refresh: [offboarding_query(organization_id).queryKey],
  });
  if (begun !== undefined && begun !== null) return <Ending of={begun} />;
  if (data === undefined) return <ProblemAlert error={error} />;
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
                  <Text size="sm">{SAID[step]}</Text>
                </Group>
              )}
              {end.error !== null && <Text size="sm">What stopped in between can be asked for again: nothing was erased yet.</Text>}
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
