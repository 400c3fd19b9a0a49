import { Alert, Button, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { CopyField } from '../../../components/copy_field.tsx';
import { Empty } from '../../../components/empty.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Icon } from '../../../components/icon.tsx';
import { JsonView } from '../../../components/json_view.tsx';
import { LinkAnchor, LinkButton } from '../../../components/links.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { Problem } from '../../../api/problem.ts';
import { StatusBadge } from '../../../components/status_badge.tsx';
import { moment, TimeAgo } from '../../../components/time_ago.tsx';
import { vouched_for } from '../../../components/vouched_for.ts';
import { Checks } from './checks.tsx';
import { redacted_text } from './redacted_text.ts';

const route = getRouteApi('/shell/sign-ins/$reference');

/** One sign-in: what was looked at, what did not hold, and what to change for it. */
export function SignInTrace() {
  const { reference } = route.useParams();
  const { see_installation } = use_rights();
  const query = useQuery({
    queryKey: ['login-traces', reference],
    queryFn: () => take(api.GET('/login-traces/{reference}', { params: { path: { reference } } })),
  });
  const { data: trace, error } = query;
  if (error instanceof Problem && error.status === 404)
    return (
      <Empty
        icon="search"
        title="No sign-in has this reference"
        action={see_installation && <LinkButton to="/sign-ins">Sign-in log</LinkButton>}
      >
        It may be mistyped, or older than sign-ins are kept here.
      </Empty>
    );
  if (error !== null && trace === undefined) return <ProblemAlert error={error} retry={query.refetch} />;
  if (trace === undefined) return null;
  const crossed = trace.steps.filter(({ ok }) => !ok);
  // what it came to repeats the check that did not hold
  const failed = crossed.length > 1 ? crossed.filter(({ name }) => name !== 'outcome') : crossed;
  return (
    <>
      <PageHead
        title={
          <>
            Sign-in <code className="mono">{trace.reference}</code>
          </>
        }
        lead={<TimeAgo at={trace.started_at} />}
        actions={
          <Button variant="default" leftSection={<Icon name="copy" size={16} />} onClick={() => void copy_redacted(reference)}>
            Copy without personal data
          </Button>
        }
      />
      <Stack gap="lg">
        {failed.map(({ name, detail, fix }) => (
          <Alert key={name + detail} color="red" icon={<Icon name="warning" />} title={detail === '' ? name.replaceAll('_', ' ') : detail}>
            {fix}
          </Alert>
        ))}
        <div className="two">
          <Card order={2} title="Checks" note="In the order in which they were made." flush>
            <Checks steps={trace.steps} />
          </Card>
          <Card order={2} title="About it">
            <div className="narrow">
              <Facts of={facts_of(trace)} />
            </div>
          </Card>
        </div>
        <Card
          order={2}
          title="What the partner said"
          note={`${
            vouched_for(trace.personal)
              ? 'Decoded, as it was verified.'
              : 'Decoded, as it came: the sign-in was refused, nobody verified this, nothing uses it.'
          } It is kept sealed, and masked for roles that may not see personal data.`}
        >
          {trace.personal === null ? (
            <p className="lead">Nothing: the sign-in did not get that far.</p>
          ) : (
            <JsonView label="What the partner said" value={trace.personal} />
          )}
        </Card>
      </Stack>
    </>
  );
}

async function copy_redacted(reference: string): Promise<void> {
  const masked = await take(api.GET('/login-traces/{reference}', { params: { path: { reference }, query: { redacted: 'true' } } }));
  await navigator.clipboard.writeText(redacted_text(masked));
  notifications.show({ message: 'Copied. Names, addresses and values of the person are masked.', color: 'green', withBorder: true });
}

type Fact = readonly [name: ReactNode, value: ReactNode] | false;

const facts_of = (trace: Schemas['LoginTrace']): readonly Fact[] => {
  const { outcome, code, organization_id, connection_id, client_id, user_id, started_at, finished_at, purpose, expires_at, reference } =
    trace;
  return [
    ['Result', <StatusBadge key="r" status={outcome} />],
    code !== null && [
      'Reason',
      <code key="c" className="mono">
        {code}
      </code>,
    ],
    purpose === 'test' && ['Kind', 'A test: it made no user and no session'],
    organization_id !== null && [
      'Organization',
      <LinkAnchor key="o" to="/organizations/$organization_id" params={{ organization_id }}>
        {organization_id}
      </LinkAnchor>,
    ],
    organization_id !== null &&
      connection_id !== null && [
        'Connection',
        <LinkAnchor key="n" to="/organizations/$organization_id/connections/$connection_id" params={{ organization_id, connection_id }}>
          {connection_id}
        </LinkAnchor>,
      ],
    client_id !== null && [
      'App',
      <code key="a" className="mono">
        {client_id}
      </code>,
    ],
    organization_id !== null &&
      user_id !== null && [
        'Person',
        <LinkAnchor key="p" to="/organizations/$organization_id/users/$user_id" params={{ organization_id, user_id }}>
          {user_id}
        </LinkAnchor>,
      ],
    ['Began', moment(started_at)],
    finished_at !== null && ['Took', `${((Date.parse(finished_at) - Date.parse(started_at)) / 1000).toFixed(1)} s`],
    ['Kept until', moment(expires_at)],
    ['Reference', <CopyField key="f" value={reference} what="the reference" />],
  ];
};
