import { Alert, Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api, take, take_versioned } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { Facts } from '../../../components/facts.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { SecretOnce, type ShownSecret } from '../../../components/secret_once.tsx';
import { StatusBadge } from '../../../components/status_badge.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { Deliveries } from './deliveries.tsx';

const route = getRouteApi('/shell/hooks/$hook_id');

/** One endpoint: what it hears of, and what was sent to it. */
export function EventHookScreen() {
  const { hook_id: id } = route.useParams();
  const navigate = route.useNavigate();
  const { write_installation } = use_rights();
  const [secret, set_secret] = useState<ShownSecret>();
  const [destruction, set_destruction] = useState<Destruction>();
  const query = useQuery({
    queryKey: ['event-hooks', id],
    queryFn: () => take_versioned(api.GET('/event-hooks/{id}', { params: { path: { id } } })),
  });
  const refresh = [['event-hooks']];
  const toggle = use_change({
    run: (enabled: boolean) =>
      take(
        api.PATCH('/event-hooks/{id}', { params: { path: { id }, header: { 'If-Match': query.data?.etag ?? '*' } }, body: { enabled } }),
      ),
    ...{ refresh, done: ({ enabled }: { enabled: boolean }) => (enabled ? 'It is on.' : 'It is off.') },
  });
  const rotate = use_change({
    run: () => take(api.POST('/event-hooks/{id}/rotate-secret', { params: { path: { id } } })),
    refresh,
    then: ({ secret: fresh }) =>
      set_secret({
        title: 'The new secret',
        values: [['Secret', fresh]],
        next: 'The one before signs beside it for a day: change your endpoint until then.',
      }),
  });
  const remove = async () => {
    await take(api.DELETE('/event-hooks/{id}', { params: { path: { id } } }));
    await navigate({ to: '/hooks' });
  };
  const hook = query.data?.item;
  if (hook === undefined) return <ProblemAlert error={query.error} retry={query.refetch} />;
  return (
    <>
      <PageHead
        title={hook.url}
        lead={hook.description ?? undefined}
        actions={
          write_installation && (
            <>
              <Button
                variant="default"
                color="red"
                onClick={() =>
                  set_destruction({
                    ...{ title: 'Delete this event hook?', verb: 'Delete', run: remove, name: 'delete' },
                    what: `${hook.url} hears of nothing any more.`,
                    ends: ['Deliveries that wait for it are dropped.'],
                  })
                }
              >
                Delete
              </Button>
              <Button variant="default" loading={rotate.isPending} onClick={() => rotate.mutate(undefined)}>
                New secret
              </Button>
              <Button loading={toggle.isPending} onClick={() => toggle.mutate(!hook.enabled)}>
                {hook.enabled ? 'Switch off' : 'Switch on'}
              </Button>
            </>
          )
        }
      />
      <Stack gap="lg">
        <ProblemAlert error={toggle.error ?? rotate.error} />
        {hook.disabled_reason !== null && (
          <Alert color="red" title="Postern switched it off">
            {hook.disabled_reason}
          </Alert>
        )}
        <Card order={2} title="About it">
          <Facts
            of={[
              ['Status', <StatusBadge key="s" status={hook.enabled ? 'enabled' : 'off'} />],
              ['Hears of', hook.events === 'all' ? 'everything' : hook.events.join(', ')],
              ['Of', hook.organizations === 'all' ? 'every organization' : hook.organizations.join(', ')],
              ['Since', <TimeAgo key="t" at={hook.created_at} />],
            ]}
          />
        </Card>
        <Deliveries hook_id={id} />
      </Stack>
      <SecretOnce secret={secret} on_close={() => set_secret(undefined)} />
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </>
  );
}
