import { type ChainedEvent, failed, person_of } from './chained_event.ts';

const VERSION = '1.3.0';
const CATEGORY = { category_uid: 3, category_name: 'Identity & Access Management' };
const OTHER = 99;

interface Kind {
  readonly class_uid: number;
  readonly class_name: string;
  /** By what happened; anything else is 99, Other. */
  readonly activities: Readonly<Record<string, number>>;
}

const AUTHENTICATION: Kind = { class_uid: 3002, class_name: 'Authentication', activities: { succeeded: 1, failed: 1, ended: 2 } };
const ACCOUNT: Kind = {
  class_uid: 3001,
  class_name: 'Account Change',
  activities: { created: 1, activated: 2, deactivated: 5, deleted: 6 },
};
const GROUP: Kind = { class_uid: 3006, class_name: 'Group Management', activities: { deleted: 5, created: 6 } };
const ENTITY: Kind = { class_uid: 3004, class_name: 'Entity Management', activities: { created: 1, updated: 3, deleted: 4 } };

const KINDS: Readonly<Record<string, Kind>> = {
  login: AUTHENTICATION,
  session: AUTHENTICATION,
  user: ACCOUNT,
  identity: ACCOUNT,
  access: ACCOUNT,
  group: GROUP,
};

/** Open Cybersecurity Schema Framework, category Identity & Access Management. @see https://schema.ocsf.io/1.3.0 */
export function ocsf_event(event: ChainedEvent): Record<string, unknown> {
  const [thing = '', what = ''] = event.type.split('.');
  const kind = (Object.hasOwn(KINDS, thing) ? KINDS[thing] : undefined) ?? ENTITY;
  const activity_id = (Object.hasOwn(kind.activities, what) ? kind.activities[what] : undefined) ?? OTHER;
  const { actor, target } = event;
  const person = person_of(event);
  const user = person === undefined ? undefined : { uid: person.id, ...(person.name !== undefined && { name: person.name }) };
  return {
    ...CATEGORY,
    class_uid: kind.class_uid,
    class_name: kind.class_name,
    activity_id,
    ...(activity_id === OTHER && { activity_name: what }),
    type_uid: kind.class_uid * 100 + activity_id,
    time: Date.parse(event.at),
    severity_id: failed(event) ? 2 : 1,
    status_id: failed(event) ? 2 : 1,
    metadata: {
      version: VERSION,
      uid: event.id,
      event_code: event.type,
      sequence: event.seq,
      product: { name: 'Postern', vendor_name: 'Postern' },
    },
    actor: { user: { uid: actor.id ?? actor.kind, name: actor.name ?? actor.kind, type: actor.kind } },
    ...(user !== undefined && kind !== ENTITY && { user }),
    ...(kind === GROUP && target !== null && { group: { uid: target.id, name: target.name } }),
    ...(kind === ENTITY && {
      entity: { uid: target?.id ?? event.type, name: target?.name ?? target?.id ?? event.type, type: target?.kind ?? thing },
    }),
    ...(event.ip !== null && { src_endpoint: { ip: event.ip } }),
    unmapped: {
      organization_id: event.organization_id,
      before: event.before,
      after: event.after,
      request_id: event.request_id,
      link: event.link,
    },
  };
}
