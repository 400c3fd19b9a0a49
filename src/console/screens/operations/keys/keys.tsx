import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { PageHead } from '../../../components/page_head.tsx';
import { AdminKeys } from './admin_keys.tsx';
import { SigningKeys } from './signing_keys.tsx';

const route = getRouteApi('/shell/keys');

export function Keys() {
  const { tab = 'admin' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHead title="Keys" lead="Those that open the admin API and this console, and those that sign tokens." />
      <Tabs value={tab} onChange={(value) => void navigate({ search: { tab: value === 'signing' ? 'signing' : 'admin' } })}>
        <Tabs.List mb="md">
          <Tabs.Tab value="admin">Admin keys</Tabs.Tab>
          <Tabs.Tab value="signing">Signing keys</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="admin">
          <AdminKeys />
        </Tabs.Panel>
        <Tabs.Panel value="signing">
          <SigningKeys />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
