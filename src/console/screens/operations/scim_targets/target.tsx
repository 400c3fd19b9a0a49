import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api, take, take_versioned } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { CopyField } from '../../../components/copy_field.tsx';
import { Facts } from '../../../components/facts.tsx';
import { LinkAnchor } from '../../../components/links.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { DeadLetters } from '../../apps/targets/dead_letters.tsx';
import { TargetRuns } from '../../apps/targets/runs.tsx';
import { TargetState } from '../../apps/targets/target_state.tsx';
import { TargetMapping } from './mapping.tsx';
import { Profile } from './profile.tsx';

const route = getRouteApi('/shell/scim-targets/$target_id');

/** One target: how it is, what it is told and as what, loads and comparisons, and what it would not take. */
export function ScimTargetScreen() {
  const { target_id: id } = route.useParams();
  const { write_installation } = use_rights();
  const [destruction, set_destruction] = useState<Destruction>();
  const { data, error, refetch } = useQuery({
    queryKey: ['scim-targets', id],
    queryFn: () => take_versioned(api.GET('/scim-targets/{id}', { params: { path: { id } } })),
    refetchInterval: 10_000,
  });
  const refresh = [['scim-targets']];
  const path = { target_id: id };
  const load = use_change({
    run: (dry_run: boolean) => take(api.POST('/scim-targets/{target_id}/load', { params: { path }, body: { dry_run } })),
    ...{
      refresh,
      done: ({ dry_run }: { dry_run: boolean }) => (dry_run ? 'It is being looked at, nothing is sent.' : 'Everyone is being sent.'),
    },
  });
  const compare = use_change({
    run: (repair: boolean) => take(api.POST('/scim-targets/{target_id}/drift-check', { params: { path }, body: { repair } })),
    ...{ refresh, done: 'The two sides are being compared.' },
  });
  if (data === undefined) return <ProblemAlert error={error} retry={refetch} />;
  const target = data.item;
  const { name, base_url, client_id, failing_since, paused_until, last_error, last_success_at, secret_entered_at } = target;
  const repair = (): Destruction => ({
    title: `Mend what differs in ${name}?`,
    what: 'The app is read, and whatever differs is made as it is here.',
    verb: 'Compare and mend',
    run: () => compare.mutateAsync(true),
  });
  return (
    <>
      <PageHead
        title={
          <>
            {name} <TargetState target={target} />
          </>
        }
        lead={
          <>
            Tells{' '}
            <LinkAnchor to="/apps/$client_id" params={{ client_id }} search={{ tab: 'people' }}>
              {client_id}
            </LinkAnchor>{' '}
            who its people are; address, token and groups are changed there.
          </>
        }
        actions={
          write_installation && (
            <>
              <Button variant="default" loading={load.isPending && load.variables} onClick={() => load.mutate(true)}>
                What would be sent?
              </Button>
              <Button variant="default" loading={load.isPending && !load.variables} onClick={() => load.mutate(false)}>
                Send everyone
              </Button>
              <Button variant="default" onClick={() => set_destruction(repair())}>
                Compare and mend
              </Button>
              <Button loading={compare.isPending} onClick={() => compare.mutate(false)}>
                Compare
              </Button>
            </>
          )
        }
      />
      <Stack gap="lg">
        <ProblemAlert error={load.error ?? compare.error} />
        <div className="two">
          <Card order={2} title="How it is">
            <Facts
              of={[
                ['State', <TargetState key="s" target={target} />],
                ['Address', <CopyField key="a" value={base_url} what="the address" />],
                ['Last told', <TimeAgo key="t" at={last_success_at} />],
                failing_since !== null && ['Failing since', <TimeAgo key="f" at={failing_since} />],
                last_error !== null && ['It said', last_error],
                paused_until !== null && ['Asked again', <TimeAgo key="p" at={paused_until} />],
                ['Secret entered', <TimeAgo key="e" at={secret_entered_at} />],
              ]}
            />
          </Card>
          <Profile target={target} />
        </div>
        <TargetRuns target_id={id} />
        <DeadLetters target_id={id} />
        <TargetMapping key={data.etag} target={target} etag={data.etag} />
      </Stack>
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </>
  );
}
