import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { user_query } from '../../../api/queries.ts';
import { PageHead } from '../../../components/page_head.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { StatusBadge } from '../../../components/status_badge.tsx';
import { Consents } from './consents.tsx';
import type { OfUser } from './of_user.ts';
import { Profile } from './profile.tsx';
import { Receipts } from './receipts.tsx';
import { Sessions } from './sessions.tsx';
import { UserLog } from './user_log.tsx';
import { UserVerbs } from './verbs.tsx';

const route = getRouteApi('/shell/organizations/$organization_id/users/$user_id');
const tabs = [
  ['profile', 'Profile'],
  ['access', 'Sessions'],
  ['sign-ins', 'Sign-ins'],
  ['consents', 'Consents'],
  ['receipts', 'Receipts'],
] as const;

/** One person: who, where signed in, what happened, and the end of access with its proof. */
export function UserScreen() {
  const { organization_id, user_id } = route.useParams();
  const { tab = 'profile' } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(user_query(organization_id, user_id));
  if (error !== null) return <ProblemAlert error={error} retry={refetch} />;
  if (data === undefined) return null;
  const { item: user, etag } = data;
  const of: OfUser = { organization_id, user, etag };
  return (
    <>
      <PageHead
        order={2}
        title={
          <>
            {user.display_name ?? user.user_name} <StatusBadge status={user.active ? 'active' : 'access ended'} />
          </>
        }
        lead={user.email ?? user.user_name}
        actions={<UserVerbs {...of} />}
      />
      <Tabs value={tab} onChange={(to) => void navigate({ search: { tab: tabs.find(([key]) => key === to)?.[0] }, replace: true })}>
        <Tabs.List mb="lg" aria-label="About this person">
          {tabs.map(([key, label]) => (
            <Tabs.Tab key={key} value={key}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="profile">
          <Profile {...of} />
        </Tabs.Panel>
        <Tabs.Panel value="access">
          <Sessions {...of} />
        </Tabs.Panel>
        <Tabs.Panel value="sign-ins">
          <UserLog {...of} />
        </Tabs.Panel>
        <Tabs.Panel value="consents">
          <Consents {...of} />
        </Tabs.Panel>
        <Tabs.Panel value="receipts">
          <Receipts {...of} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
