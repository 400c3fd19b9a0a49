import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { client_query } from '../../api/queries.ts';
import { PageHead } from '../../components/page_head.tsx';
import { ProblemAlert } from '../../components/problem_alert.tsx';
import { StatusBadge } from '../../components/status_badge.tsx';
import { AppVerbs } from './app_verbs.tsx';
import { Claims } from './claims.tsx';
import { kind_of, kinds } from './kind.ts';
import { AppLook } from './look.tsx';
import { OrganizationAccess } from './organization_access.tsx';
import { AppSettings } from './settings.tsx';
import { Streams } from './streams.tsx';
import { Targets } from './targets/targets.tsx';
import { AppTexts } from './texts.tsx';
import { Use } from './use.tsx';

const route = getRouteApi('/shell/apps/$client_id');
const tabs = [
  ['use', 'Put it to use'],
  ['settings', 'Settings'],
  ['look', 'Look'],
  ['words', 'Words'],
  ['organizations', 'Organizations'],
  ['claims', 'What it is told'],
  ['people', 'People over SCIM'],
  ['signals', 'Shared signals'],
] as const;

/** One app: lines to copy, its settings, who may use it, and what it hears of a person. */
export function AppScreen() {
  const { client_id } = route.useParams();
  const { tab = 'use' } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(client_query(client_id));
  if (error !== null) return <ProblemAlert error={error} retry={refetch} />;
  if (data === undefined) return null;
  const { item: client, etag } = data;
  return (
    <>
      <PageHead
        title={
          <>
            {client.client_name ?? client.client_id} <StatusBadge status={client.enabled ? 'enabled' : 'off'} />
          </>
        }
        lead={kinds[kind_of(client)].name}
        actions={<AppVerbs client={client} />}
      />
      <Tabs value={tab} onChange={(to) => void navigate({ search: { tab: tabs.find(([key]) => key === to)?.[0] }, replace: true })}>
        <Tabs.List mb="lg" aria-label="About this app">
          {tabs.map(([key, label]) => (
            <Tabs.Tab key={key} value={key}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="use">
          <Use client={client} />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <AppSettings {...{ client, etag }} />
        </Tabs.Panel>
        <Tabs.Panel value="look">
          <AppLook {...{ client, etag }} />
        </Tabs.Panel>
        <Tabs.Panel value="words">
          <AppTexts {...{ client, etag }} />
        </Tabs.Panel>
        <Tabs.Panel value="organizations">
          <OrganizationAccess {...{ client, etag }} />
        </Tabs.Panel>
        <Tabs.Panel value="people">
          <Targets client_id={client_id} />
        </Tabs.Panel>
        <Tabs.Panel value="signals">
          <Streams client_id={client_id} />
        </Tabs.Panel>
        <Tabs.Panel value="claims">
          <Claims client={client} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
