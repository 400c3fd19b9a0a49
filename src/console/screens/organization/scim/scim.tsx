import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { Card } from '../../../components/card.tsx';
import { CopyField } from '../../../components/copy_field.tsx';
import { Facts } from '../../../components/facts.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { Requests } from './requests.tsx';
import { Tokens } from './tokens.tsx';

const route = getRouteApi('/shell/organizations/$organization_id/scim');

/** How the partner’s directory tells us of people. */
export function Scim() {
  const { organization_id } = route.useParams();
  const { tab = 'tokens' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHead
        order={2}
        title="SCIM"
        lead="The partner’s directory makes, changes and ends accounts here by itself. Whoever leaves the company loses access within seconds."
      />
      <Card>
        <Facts
          of={[
            [
              'Address for the partner',
              <CopyField key="url" value={`${location.origin}/scim/${organization_id}/v2`} what="the SCIM address" />,
            ],
          ]}
        />
      </Card>
      <Tabs
        mt="md"
        value={tab}
        onChange={(to) => void navigate({ search: { tab: to === 'requests' ? 'requests' : undefined }, replace: true })}
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="tokens">Tokens</Tabs.Tab>
          <Tabs.Tab value="requests">Requests</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="tokens">
          <Tokens />
        </Tabs.Panel>
        <Tabs.Panel value="requests">
          <Requests />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
