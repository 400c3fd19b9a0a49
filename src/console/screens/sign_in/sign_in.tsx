import { Button, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { query_client } from '../../api/query_client.ts';
import { ask_session, type ConsoleSession, session_query } from '../../api/session.ts';
import { ProblemAlert } from '../../components/problem_alert.tsx';
import { Door } from './door.tsx';
import { Enrol } from './enrol.tsx';
import { FactorForm } from './factor_form.tsx';
import { KeyForm } from './key_form.tsx';

const route = getRouteApi('/sign-in');

/** The door: as many steps as the session says are left. */
export function SignIn() {
  const { to: asked } = route.useSearch();
  const navigate = useNavigate();
  const { data: session, error, refetch } = useQuery(session_query);
  // whoever made the link does not decide where somebody ends: only within the console
  const to = asked !== undefined && /^\/(?!\/)/.test(asked) ? asked : '/';
  const keep = async (next: ConsoleSession) => {
    query_client.setQueryData(session_query.queryKey, next);
  };
  const leave = async () => {
    if (session !== undefined && 'csrf' in session) await ask_session('DELETE', '', undefined, session.csrf).catch(() => undefined);
    query_client.clear();
    await refetch();
  };
  const is_in = session?.state === 'signed_in';
  useEffect(() => {
    document.title = 'Sign in · Postern';
    if (is_in) void navigate({ href: `/console${to.replace(/^\/console(?=\/|$)/, '')}`, replace: true });
  }, [is_in, navigate, to]);
  if (error !== null && session === undefined)
    return (
      <Door title="Sign in to the console">
        <ProblemAlert error={error} retry={refetch} />
      </Door>
    );
  if (session === undefined || is_in)
    return (
      <Door title="Sign in to the console">
        <Skeleton height={120} />
      </Door>
    );
  if (session.state === 'second_factor')
    return (
      <Door title="Second factor">
        <FactorForm session={session} on_session={keep} on_leave={() => void leave()} />
      </Door>
    );
  if (session.state === 'must_enrol')
    return (
      <Door title="Set up a second factor">
        <Text c="dimmed">This installation lets nobody into the console with a key alone.</Text>
        <Enrol csrf={session.csrf} on_done={async (done) => keep(done.session)} />
        <Button variant="subtle" color="gray" size="xs" onClick={() => void leave()}>
          Another key
        </Button>
      </Door>
    );
  return (
    <Door title="Sign in to the console">
      <KeyForm organization={session.ways.organization} to={to} on_session={keep} />
    </Door>
  );
}
