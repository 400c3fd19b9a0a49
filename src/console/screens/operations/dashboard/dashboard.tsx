import { SegmentedControl, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { api, take } from '../../../api/client.ts';
import { use_session } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { windows } from '../choices.ts';
import { Failures } from './failures.tsx';
import { FirstSteps } from './first_steps.tsx';
import { Provisioning } from './provisioning.tsx';
import { SignInsChart } from './sign_ins_chart.tsx';
import { Steps } from './steps.tsx';
import { Tiles } from './tiles.tsx';
import { Upkeep } from './upkeep.tsx';

const route = getRouteApi('/shell/');
const MINUTES = { '1h': 60, '6h': 360, '24h': 1440, '7d': 10_080 };
const EVERY_MS = 30_000;

/** What happens here, and what needs a hand; each figure leads to the list behind it. */
export function Dashboard() {
  const { role, organization } = use_session();
  if (role === 'org_admin' && organization !== null)
    return <Navigate to="/organizations/$organization_id" params={{ organization_id: organization.id }} replace />;
  return <Figures />;
}

function Figures() {
  const { window = '24h' } = route.useSearch();
  const navigate = route.useNavigate();
  const sign_ins = useQuery({
    queryKey: ['stats', 'sign-ins', window],
    queryFn: () => {
      // a second of grace: seven days that begin a moment before the broker's clock says so would be refused
      const since = new Date(Date.now() - MINUTES[window] * 60_000 + 1000).toISOString();
      return take(api.GET('/stats/sign-ins', { params: { query: { since } } }));
    },
    refetchInterval: EVERY_MS,
    placeholderData: (before) => before,
  });
  const upkeep = useQuery({ queryKey: ['stats', 'upkeep'], queryFn: () => take(api.GET('/stats/upkeep')), refetchInterval: EVERY_MS });
  const stats = useQuery({ queryKey: ['stats'], queryFn: () => take(api.GET('/stats')), refetchInterval: EVERY_MS });
  const figures = sign_ins.data;
  return (
    <>
      <PageHead
        title="Dashboard"
        actions={
          <SegmentedControl
            aria-label="Stretch of time"
            size="xs"
            value={window}
            data={windows.map((value) => ({ value, label: value }))}
            onChange={(value) => void navigate({ search: { window: windows.find((one) => one === value) } })}
          />
        }
      />
      <Stack gap="lg">
        <ProblemAlert error={sign_ins.error ?? upkeep.error ?? stats.error} />
        <FirstSteps stats={stats.data} />
        <Tiles stats={stats.data} figures={figures} upkeep={upkeep.data} />
        <Card
          order={2}
          title="Sign-ins"
          note={figures === undefined ? undefined : `By result, in steps of ${in_words(figures.bucket_seconds)}.`}
        >
          {figures === undefined ? <Skeleton height={240} /> : <SignInsChart figures={figures} />}
        </Card>
        <div className="two">
          <Failures figures={figures} />
          <Steps figures={figures} />
        </div>
        <Upkeep upkeep={upkeep.data} />
        {upkeep.data !== undefined && <Provisioning upkeep={upkeep.data} />}
      </Stack>
    </>
  );
}

const in_words = (seconds: number): string => {
  if (seconds % 86_400 === 0) return seconds === 86_400 ? 'a day' : `${seconds / 86_400} days`;
  if (seconds % 3600 === 0) return seconds === 3600 ? 'an hour' : `${seconds / 3600} hours`;
  return seconds === 60 ? 'a minute' : `${Math.round(seconds / 60)} minutes`;
};
