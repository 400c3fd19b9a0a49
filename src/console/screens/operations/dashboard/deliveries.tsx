import type { Schemas } from '../../../api/client.ts';
import { Card } from '../../../components/card.tsx';
import { Facts } from '../../../components/facts.tsx';
import { LinkAnchor } from '../../../components/links.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';

type Row = Schemas['UpkeepFigures']['outbox'][number];

/** What each kind is called, and where what waits of it can be looked at. */
const kinds: Readonly<Record<string, readonly [name: string, to: '/hooks' | '/scim-targets' | '/audit' | '/system']>> = {
  event_hook: ['Events for hooks', '/hooks'],
  scim_target: ['People for apps (SCIM)', '/scim-targets'],
  // each of them stands in a receipt, and the record has its end
  backchannel_logout: ['Sign-outs for apps', '/audit'],
  ssf_push: ['Signals', '/audit'],
  mail: ['Mail', '/system'],
};
const searches = { '/audit': { type: 'access.ended' }, '/system': { tab: 'checks' } } as const;

/** What must still leave Postern. */
export function Deliveries({ upkeep: { outbox, event_hooks } }: { readonly upkeep: Schemas['UpkeepFigures'] }) {
  return (
    <Card order={2} title="Deliveries">
      <div className="narrow">
        <Facts
          of={[
            ...outbox.map((row) => [kinds[row.kind]?.[0] ?? row.kind.replaceAll('_', ' '), <Waiting key={row.kind} row={row} />] as const),
            outbox.length === 0 && ['Deliveries', 'Nothing waits.'],
            [
              'Event hooks',
              <LinkAnchor key="hooks" to="/hooks">
                {event_hooks.enabled} enabled
                {event_hooks.disabled_by_postern > 0 && `, ${event_hooks.disabled_by_postern} switched off by Postern`}
              </LinkAnchor>,
            ],
          ]}
        />
      </div>
    </Card>
  );
}

function Waiting({ row: { kind, waiting, given_up, oldest_at } }: { readonly row: Row }) {
  const to = kinds[kind]?.[1];
  const told = (
    <>
      {waiting} wait; {given_up} given up
    </>
  );
  return (
    <>
      {to === undefined ? (
        told
      ) : (
        <LinkAnchor to={to} search={to === '/audit' || to === '/system' ? searches[to] : {}}>
          {told}
        </LinkAnchor>
      )}
      {oldest_at !== null && (
        <>
          , the oldest since <TimeAgo at={oldest_at} />
        </>
      )}
    </>
  );
}
