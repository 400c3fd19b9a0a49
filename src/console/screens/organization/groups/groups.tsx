import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { PageHead } from '../../../components/page_head.tsx';
import { GroupList } from './group_list.tsx';
import { Mappings } from './mappings.tsx';

const route = getRouteApi('/shell/organizations/$organization_id/groups');

/** Who belongs together, and what role that gives in your apps. */
export function Groups() {
  const { tab = 'groups' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHead
        order={2}
        title="Groups and roles"
        lead="Groups come from the partner; a mapping turns one of them into a role that your apps understand."
      />
      <Tabs value={tab} onChange={(to) => void navigate({ search: { tab: to === 'mappings' ? 'mappings' : undefined }, replace: true })}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="groups">Groups</Tabs.Tab>
          <Tabs.Tab value="mappings">Role mappings</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="groups">
          <GroupList />
        </Tabs.Panel>
        <Tabs.Panel value="mappings">
          <Mappings />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
