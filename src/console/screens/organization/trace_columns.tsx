import type { Schemas } from '../../api/client.ts';
import type { Column } from '../../components/data_table.tsx';
import { LinkAnchor } from '../../components/links.tsx';
import { StatusBadge } from '../../components/status_badge.tsx';
import { TimeAgo } from '../../components/time_ago.tsx';

/** A list of sign-ins, each leading to what happened in it. */
export const trace_columns = (leads: boolean): readonly Column<Schemas['LoginTraceSummary']>[] => [
  {
    title: 'Reference',
    cell: ({ reference }) =>
      leads ? (
        <LinkAnchor to="/sign-ins/$reference" params={{ reference }} className="mono">
          {reference}
        </LinkAnchor>
      ) : (
        <code className="mono">{reference}</code>
      ),
  },
  { title: 'Outcome', cell: ({ outcome }) => <StatusBadge status={outcome} /> },
  { title: 'Reason', cell: ({ code }) => (code === null ? '' : <code className="mono">{code}</code>) },
  { title: 'Kind', cell: ({ purpose }) => (purpose === 'test' ? 'test' : 'sign-in') },
  { title: 'App', cell: ({ client_id }) => client_id ?? '' },
  { title: 'When', cell: ({ started_at }) => <TimeAgo at={started_at} />, end: true },
];
