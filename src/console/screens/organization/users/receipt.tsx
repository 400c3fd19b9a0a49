import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api, type Schemas, take } from '../../../api/client.ts';
import { Card } from '../../../components/card.tsx';
import { CopyField } from '../../../components/copy_field.tsx';
import { Facts } from '../../../components/facts.tsx';
import { type Check, HealthList } from '../../../components/health_list.tsx';
import { LinkAnchor } from '../../../components/links.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { StatusBadge } from '../../../components/status_badge.tsx';
import { moment, TimeAgo } from '../../../components/time_ago.tsx';
import { save_file } from './save_file.ts';

const route = getRouteApi('/shell/organizations/$organization_id/receipts/$receipt_id');

type App = Schemas['Receipt']['apps'][number];
const outcomes: Readonly<Record<App['outcome'], readonly [state: Check['state'], words: string]>> = {
  told: ['good', 'told'],
  wants_none: ['good', 'wants no call: its tokens are dead'],
  pending: ['wait', 'being told'],
  given_up: ['bad', 'could not be told'],
};

/** Proof that access ended: each session, each app, and whether the app was told. */
export function ReceiptScreen() {
  const { organization_id, receipt_id } = route.useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['organizations', organization_id, 'receipts', receipt_id],
    queryFn: () =>
      take(api.GET('/organizations/{organization_id}/receipts/{id}', { params: { path: { organization_id, id: receipt_id } } })),
    // apps are told within seconds
    refetchInterval: ({ state }) => (state.data?.completed_at === null ? 2000 : false),
  });
  if (error !== null) return <ProblemAlert error={error} retry={refetch} />;
  if (data === undefined) return null;
  const { reason, actor, created_at, completed_at, sessions, apps, user_id, signed_tokens_end_by } = data;
  return (
    <>
      <PageHead
        order={2}
        title="Receipt of ended access"
        lead={moment(created_at)}
        actions={
          <Button variant="default" onClick={() => save_file(`receipt-${receipt_id}.json`, data)}>
            Save as a file
          </Button>
        }
      />
      <div className="two">
        <Card title="Apps" flush>
          <HealthList
            label="Apps that were told"
            checks={apps.map(({ client_id, outcome, at, tokens, tries, error: why, session_id }) => ({
              key: `${client_id} ${session_id}`,
              state: outcomes[outcome][0],
              name: client_id,
              detail: `${outcomes[outcome][1]}, ${moment(at)}; ${tokens} ${tokens === 1 ? 'token' : 'tokens'} ended${tries > 1 ? `; after ${tries} tries` : ''}`,
              fix: why ?? undefined,
            }))}
          />
          {apps.length === 0 && <div className="card-body">No app had a session.</div>}
        </Card>
        <Stack gap="md">
          <Card title="What happened">
            <Facts
              of={[
                ['Reason', reason.replaceAll(/[._]/g, ' ')],
                ['By', actor.name ?? actor.id ?? actor.kind],
                user_id !== null && [
                  'Person',
                  <LinkAnchor
                    key="u"
                    to="/organizations/$organization_id/users/$user_id"
                    params={{ organization_id, user_id }}
                    className="mono"
                  >
                    {user_id}
                  </LinkAnchor>,
                ],
                ['State', <StatusBadge key="s" status={completed_at === null ? 'pending' : 'complete'} />],
                completed_at !== null && ['Complete', <TimeAgo key="c" at={completed_at} />],
                ['Signed tokens end by', moment(signed_tokens_end_by)],
                ['Receipt', <CopyField key="r" value={receipt_id} what="the id of the receipt" />],
              ]}
            />
          </Card>
          <Card title={`${sessions.length} ${sessions.length === 1 ? 'session' : 'sessions'} ended`}>
            {sessions.map(({ id, ended_at }) => (
              <div key={id}>
                <code className="mono">{id}</code> {moment(ended_at)}
              </div>
            ))}
            {sessions.length === 0 && 'There was none.'}
          </Card>
        </Stack>
      </div>
    </>
  );
}
