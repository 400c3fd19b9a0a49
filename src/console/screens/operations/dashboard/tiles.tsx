import { Skeleton } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { Schemas } from '../../../api/client.ts';

interface Props {
  readonly stats: Schemas['Stats'] | undefined;
  readonly figures: Schemas['SignInFigures'] | undefined;
  readonly upkeep: Schemas['UpkeepFigures'] | undefined;
}

const number = new Intl.NumberFormat('en');

/** The figures that are looked at first. */
export function Tiles({ stats, figures, upkeep }: Props) {
  const sum = (of: 'refused' | 'failed'): number | undefined => figures?.buckets.reduce((total, bucket) => total + bucket[of], 0);
  const time = figures === undefined ? {} : { since: figures.since };
  const waiting = upkeep?.outbox.reduce((total, row) => total + row.waiting, 0);
  return (
    <div className="tiles six">
      <Tile of="organizations" figure={stats?.organizations.active} link={{ to: '/organizations', search: { status: 'active' } }} />
      <Tile of="sessions alive" figure={stats?.sessions} link={{ to: '/sign-ins', search: { outcome: 'succeeded' } }} />
      <Tile of="sign-ins refused" figure={sum('refused')} link={{ to: '/sign-ins', search: { outcome: 'refused', ...time } }} />
      <Tile of="sign-ins failed" figure={sum('failed')} link={{ to: '/sign-ins', search: { outcome: 'failed', ...time } }} />
      <Tile of="certificates end within 90 days" figure={upkeep?.certificates.length} link={{ to: '/', hash: 'certificates' }} />
      <Tile of="deliveries wait" figure={waiting} link={{ to: '/hooks' }} />
    </div>
  );
}

function Tile({ of, figure, link }: { readonly of: string; readonly figure: number | undefined; readonly link: LinkProps }) {
  return (
    <Link {...link} className="tile">
      <span className="figure">
        {figure === undefined ? <Skeleton height={28} width={60} component="span" display="block" /> : number.format(figure)}
      </span>
      <span className="of">{of}</span>
    </Link>
  );
}
