import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api, take } from '../../../api/client.ts';
import { use_rights } from '../../../api/use_session.ts';
import { PageHead } from '../../../components/page_head.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { Checks } from './checks.tsx';
import { Overview } from './overview.tsx';
import { Retention } from './retention.tsx';
import { Settings } from './settings.tsx';
import { Tasks } from './tasks.tsx';

const route = getRouteApi('/shell/system');
const tabs = [
  ['overview', 'Overview'],
  ['checks', 'Findings'],
  ['tasks', 'Background tasks'],
  ['retention', 'What is kept'],
  ['settings', 'Settings'],
] as const;

/** What runs here, whether it is in order, and how it is set up. */
export function System() {
  const { tab = 'overview' } = route.useSearch();
  const navigate = route.useNavigate();
  const { write_installation } = use_rights();
  const { data, error, refetch } = useQuery({ queryKey: ['system'], queryFn: () => take(api.GET('/system')), refetchInterval: 15_000 });
  if (data === undefined) return <ProblemAlert error={error} retry={refetch} />;
  const shown = tabs.filter(([key]) => key !== 'checks' || write_installation);
  return (
    <>
      <PageHead title="System" lead="What runs here, whether it is in order, and how it is set up." />
      <Tabs
        value={tab}
        onChange={(to) => void navigate({ search: { tab: tabs.find(([key]) => key === to)?.[0] }, replace: true })}
        aria-label="Sides of the system"
      >
        <Tabs.List mb="lg">
          {shown.map(([key, label]) => (
            <Tabs.Tab key={key} value={key}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <Overview system={data} />
        </Tabs.Panel>
        <Tabs.Panel value="checks">{tab === 'checks' && write_installation && <Checks />}</Tabs.Panel>
        <Tabs.Panel value="tasks">
          <Tasks tasks={data.tasks} started_at={data.started_at} />
        </Tabs.Panel>
        <Tabs.Panel value="retention">
          <Retention settings={data.settings} />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <Settings settings={data.settings} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
