import { Button, Menu, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api, take } from '../../../api/client.ts';
import { connection_query } from '../../../api/queries.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { Icon } from '../../../components/icon.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { StatusBadge } from '../../../components/status_badge.tsx';
import { Certificates } from './certificates.tsx';
import { Configuration } from './configuration.tsx';
import { protocols } from './fields.ts';
import type { Of } from './of.ts';
import { ConnectionLog } from './log.tsx';
import { Mapping } from './mapping.tsx';
import { Signals } from './signals.tsx';
import { Sync } from './sync.tsx';
import { TestConnection } from './test.tsx';

const route = getRouteApi('/shell/organizations/$organization_id/connections/$connection_id');
const tabs = [
  ['configuration', 'Configuration'],
  ['mapping', 'Attribute mapping'],
  ['certificates', 'Certificates and metadata'],
  ['test', 'Test'],
  ['sync', 'Directory sync'],
  ['signals', 'Shared signals'],
  ['log', 'Sign-ins'],
] as const;

/** One connection: an address for each side of it. */
export function ConnectionScreen() {
  const { organization_id, connection_id } = route.useParams();
  const { tab = 'configuration' } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(connection_query(organization_id, connection_id));
  if (error !== null) return <ProblemAlert error={error} retry={refetch} />;
  if (data === undefined) return null;
  const of: Of = { organization_id, connection: data.item, etag: data.etag };
  const { name, protocol, enabled } = data.item;
  return (
    <>
      <PageHead
        order={2}
        title={
          <>
            {name} <StatusBadge status={enabled ? 'enabled' : 'off'} />
          </>
        }
        lead={protocols[protocol].name}
        actions={<Verbs {...of} />}
      />
      <Tabs
        value={tab}
        onChange={(to) => void navigate({ search: { tab: tabs.find(([key]) => key === to)?.[0] }, replace: true })}
        aria-label="Sides of this connection"
      >
        <Tabs.List mb="lg">
          {tabs
            .filter(([key]) => (key === 'sync' ? protocol === 'ldap' : key !== 'signals' || protocol !== 'ldap'))
            .map(([key, label]) => (
              <Tabs.Tab key={key} value={key}>
                {label}
              </Tabs.Tab>
            ))}
        </Tabs.List>
        <Tabs.Panel value="configuration">
          <Configuration {...of} />
        </Tabs.Panel>
        <Tabs.Panel value="mapping">
          <Mapping {...of} />
        </Tabs.Panel>
        <Tabs.Panel value="certificates">
          <Certificates {...of} />
        </Tabs.Panel>
        <Tabs.Panel value="test">
          <TestConnection {...of} />
        </Tabs.Panel>
        <Tabs.Panel value="sync">
          <Sync {...of} />
        </Tabs.Panel>
        <Tabs.Panel value="signals">
          <Signals {...of} />
        </Tabs.Panel>
        <Tabs.Panel value="log">
          <ConnectionLog {...of} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function Verbs({ organization_id, connection: { id, name, enabled } }: Of) {
  const { write_organization } = use_rights();
  const navigate = route.useNavigate();
  const [destruction, set_destruction] = useState<Destruction>();
  const path = { organization_id, id };
  const enable = use_change({
    run: (on: boolean) => take(api.PATCH('/organizations/{organization_id}/connections/{id}', { params: { path }, body: { enabled: on } })),
    done: ({ enabled: on }) => (on ? `${name} is on: people can sign in with it.` : `${name} is off.`),
    refresh: [['organizations', organization_id]],
  });
  if (!write_organization) return null;
  const switch_off = (): Destruction => ({
    title: `Switch off ${name}?`,
    what: 'Nobody signs in through this connection until it is on again.',
    ends: ['every session that began through it, within a second', 'refresh tokens of those sessions; apps are told'],
    verb: 'Switch off',
    run: () => enable.mutateAsync(false),
  });
  const remove = (): Destruction => ({
    title: `Delete ${name}?`,
    what: 'The connection, its certificates and its settings are gone. People stay, but lose this way in.',
    ends: ['every session that began through it', 'what the partner typed in: our addresses will answer no more'],
    name,
    verb: 'Delete the connection',
    async run() {
      await take(api.DELETE('/organizations/{organization_id}/connections/{id}', { params: { path } }));
      await navigate({ to: '/organizations/$organization_id/connections', params: { organization_id } });
    },
  });
  return (
    <>
      {enabled ? (
        <Button variant="default" onClick={() => set_destruction(switch_off())}>
          Switch off
        </Button>
      ) : (
        <Button loading={enable.isPending} onClick={() => enable.mutate(true)}>
          Switch on
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px="xs" aria-label="More">
            <Icon name="dots" />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" leftSection={<Icon name="trash" />} onClick={() => set_destruction(remove())}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {enable.error !== null && <ProblemAlert error={enable.error} />}
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </>
  );
}
