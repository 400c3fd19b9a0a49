import { Anchor, Badge, Button, Group, Stack, Switch, Tabs, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ask_json } from '../../../api/raw.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights, use_session } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { CopyField } from '../../../components/copy_field.tsx';
import { Empty } from '../../../components/empty.tsx';
import { Facts } from '../../../components/facts.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { People } from './people.tsx';
import { MOCKS, type MockPartner, type Present } from './partner.ts';

const key = ['mock-partners'];
const route = getRouteApi('/shell/mock-partners');

/** Partners that are none: they behave, and misbehave when told to. */
export function MockPartners() {
  const { mocks } = use_session();
  const { write_installation } = use_rights();
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: () => ask_json<{ partners: readonly MockPartner[] }>('GET', MOCKS),
    enabled: mocks > 0 && write_installation,
  });
  return (
    <>
      <PageHead
        title="Mock partners"
        lead="Identity providers and a directory to try things out with: turn on what can go wrong, sign in, and see what Postern says to it."
      />
      {mocks === 0 && (
        <Card>
          <Empty icon="plug" title="No mock partner is known here">
            Start them with <code>postern mock</code>, put the addresses of their control pages into <code>POSTERN_MOCKS_URL</code>, parted
            by commas, and start the broker again. <code>npm run demo</code> does all of that. Never on an installation that real people
            use.
          </Empty>
        </Card>
      )}
      {mocks > 0 && !write_installation && <Text c="dimmed">Owners and operators turn the switches of mock partners.</Text>}
      <Stack gap="lg">
        <ProblemAlert error={error} retry={refetch} />
        {data !== undefined && <Partners partners={data.partners} />}
      </Stack>
    </>
  );
}

/** One beside the other: each has dozens of switches. */
function Partners({ partners }: { readonly partners: readonly MockPartner[] }) {
  const { partner: chosen } = route.useSearch();
  const navigate = route.useNavigate();
  const shown = partners.find(({ id }) => id === chosen) ?? partners[0];
  if (shown === undefined) return null;
  return (
    <Tabs value={shown.id} onChange={(to) => void navigate({ search: { partner: to ?? undefined }, replace: true })} aria-label="Partners">
      <Tabs.List mb="lg">
        {partners.map((one) => (
          <Tabs.Tab key={one.id} value={one.id} rightSection={<Marks partner={one} />}>
            {one.state === 'there' ? one.name : one.url}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={shown.id}>
        {shown.state === 'there' ? (
          <Partner key={shown.id} partner={shown} />
        ) : (
          <Card order={2} title={shown.url}>
            <Text>It does not answer: {shown.problem}</Text>
          </Card>
        )}
      </Tabs.Panel>
    </Tabs>
  );
}

const on_of = (partner: MockPartner): number => (partner.state === 'there' ? partner.switches.filter(({ on }) => on).length : 0);

function Marks({ partner }: { readonly partner: MockPartner }) {
  if (partner.state === 'away') return <Badge color="red">away</Badge>;
  const on = on_of(partner);
  return on === 0 ? null : <Badge color="yellow">{on}</Badge>;
}

function Partner({ partner }: { readonly partner: Present }) {
  const { id, name, url, facts, switches, people } = partner;
  const memory = useQueryClient();
  const change = use_change({
    run: (body: unknown) => ask_json<MockPartner>('POST', `${MOCKS}/${id}`, body),
    // what it answers is how it is now
    then: (now) =>
      memory.setQueryData<{ partners: readonly MockPartner[] }>(key, (before) => ({
        partners: (before?.partners ?? []).map((one) => (one.id === now.id ? now : one)),
      })),
  });
  const on = on_of(partner);
  return (
    <Card
      order={2}
      title={
        <Group gap="xs" component="span">
          {name}{' '}
          <Badge color={on === 0 ? 'green' : 'yellow'}>{on === 0 ? 'behaves' : `${on} ${on === 1 ? 'switch' : 'switches'} on`}</Badge>
        </Group>
      }
      note={
        <Anchor href={url} target="_blank" rel="noopener noreferrer" size="sm">
          Its own page
        </Anchor>
      }
      actions={
        <Button size="xs" variant="default" disabled={on === 0} loading={change.isPending} onClick={() => change.mutate({ reset: true })}>
          Behave again
        </Button>
      }
    >
      <Stack gap="lg">
        <ProblemAlert error={change.error} />
        <ul className="switches" aria-label={`Switches of ${name}`}>
          {switches.map((one) => (
            <li key={one.name}>
              <Switch
                label={one.name.replaceAll('_', ' ')}
                description={one.summary}
                checked={one.on}
                disabled={change.isPending}
                onChange={(event) => change.mutate({ switches: { [one.name]: event.currentTarget.checked } })}
              />
            </li>
          ))}
        </ul>
        <People name={name} people={people} save={(next) => change.mutateAsync({ people: next })} />
        {Object.keys(facts).length > 0 && (
          <details>
            <summary>What the other side types in</summary>
            <Facts of={Object.entries(facts).map(([fact, value]) => [fact, <CopyField key={fact} value={value} what={fact} />] as const)} />
          </details>
        )}
      </Stack>
    </Card>
  );
}
