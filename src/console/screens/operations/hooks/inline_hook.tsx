import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api, take, take_versioned } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { Facts } from '../../../components/facts.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { StatusBadge } from '../../../components/status_badge.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { TryInlineHook } from './try_inline_hook.tsx';

const route = getRouteApi('/shell/inline-hooks/$hook_id');
const points = {
  before_user_created: 'before a user is made',
  before_token: 'before tokens are signed',
  after_login: 'after a sign-in',
} as const;

/** One endpoint that is asked while a person waits: how, and what it says now. */
export function InlineHookScreen() {
  const { hook_id: id } = route.useParams();
  const { write_installation } = use_rights();
  const { data, error, refetch } = useQuery({
    queryKey: ['inline-hooks', id],
    queryFn: () => take_versioned(api.GET('/inline-hooks/{id}', { params: { path: { id } } })),
  });
  const toggle = use_change({
    run: (enabled: boolean) =>
      take(api.PATCH('/inline-hooks/{id}', { params: { path: { id }, header: { 'If-Match': data?.etag ?? '*' } }, body: { enabled } })),
    ...{ refresh: [['inline-hooks']], done: ({ enabled }: { enabled: boolean }) => (enabled ? 'It is on.' : 'It is off.') },
  });
  if (data === undefined) return <ProblemAlert error={error} retry={refetch} />;
  const { url, description, enabled, point, on_failure, timeout_ms, organizations, created_at, updated_at } = data.item;
  return (
    <>
      <PageHead
        title={url}
        lead={description ?? undefined}
        actions={
          write_installation && (
            <Button loading={toggle.isPending} variant="default" onClick={() => toggle.mutate(!enabled)}>
              {enabled ? 'Switch off' : 'Switch on'}
            </Button>
          )
        }
      />
      <Stack gap="lg">
        <ProblemAlert error={toggle.error} />
        <Card order={2} title="About it">
          <Facts
            of={[
              ['Status', <StatusBadge key="s" status={enabled ? 'enabled' : 'off'} />],
              ['Asked', points[point]],
              ['Of', organizations === 'all' ? 'every organization' : organizations.join(', ')],
              ['Without an answer', on_failure === 'fail_closed' ? 'nobody comes in' : 'it goes on'],
              ['Waits', `${timeout_ms} ms`],
              ['Since', <TimeAgo key="t" at={created_at} />],
              ['Changed', <TimeAgo key="u" at={updated_at} />],
            ]}
          />
        </Card>
        {write_installation && <TryInlineHook id={id} timeout_ms={timeout_ms} />}
      </Stack>
    </>
  );
}
