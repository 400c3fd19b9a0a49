import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { PageHead } from '../../../components/page_head.tsx';
import { EventHooks } from './event_hooks.tsx';
import { InlineHooks } from './inline_hooks.tsx';

const route = getRouteApi('/shell/hooks');

/** Endpoints of the vendor: those that hear of what happened, and those that are asked before it does. */
export function Hooks() {
  const { tab = 'events' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHead title="Hooks" lead="Your endpoints: those that hear of what happened, and those that are asked while a person waits." />
      <Tabs value={tab} onChange={(value) => void navigate({ search: { tab: value === 'inline' ? 'inline' : 'events' } })}>
        <Tabs.List mb="md">
          <Tabs.Tab value="events">Event hooks</Tabs.Tab>
          <Tabs.Tab value="inline">Inline hooks</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="events">
          <EventHooks />
        </Tabs.Panel>
        <Tabs.Panel value="inline">
          <InlineHooks />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
