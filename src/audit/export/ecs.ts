import { type ChainedEvent, failed, person_of } from './chained_event.ts';

const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  login: ['authentication'],
  session: ['authentication', 'session'],
  user: ['iam'],
  group: ['iam'],
  identity: ['iam'],
  access: ['iam', 'session'],
};
const TYPES: Readonly<Record<string, readonly string[]>> = {
  created: ['creation'],
  updated: ['change'],
  deleted: ['deletion'],
  succeeded: ['start'],
  failed: ['start'],
  ended: ['end'],
};

/** Elastic Common Schema. @see https://www.elastic.co/docs/reference/ecs */
export function ecs_event(event: ChainedEvent): Record<string, unknown> {
  const [thing = '', what = ''] = event.type.split('.');
  const { actor, target } = event;
  const person = person_of(event);
  return {
    '@timestamp': event.at,
    ecs: { version: '8.17.0' },
    event: {
      id: event.id,
      sequence: event.seq,
      action: event.type,
      kind: 'event',
      category: (Object.hasOwn(CATEGORIES, thing) ? CATEGORIES[thing] : undefined) ?? ['configuration'],
      type: [
        ...((Object.hasOwn(TYPES, what) ? TYPES[what] : undefined) ?? ['change']),
        ...(thing === 'user' || thing === 'group' ? [thing] : []),
      ],
      outcome: failed(event) ? 'failure' : 'success',
      module: 'postern',
      dataset: 'postern.audit',
    },
    ...(event.organization_id !== null && { organization: { id: event.organization_id } }),
    user: {
      id: actor.id ?? actor.kind,
      ...(actor.name !== undefined && { name: actor.name }),
      ...(person !== undefined &&
        person.id !== actor.id && { target: { id: person.id, ...(person.name !== undefined && { name: person.name }) } }),
    },
    ...(thing === 'group' && target !== null && { group: { id: target.id, name: target.name } }),
    ...(event.ip !== null && { source: { ip: event.ip } }),
    ...(event.request_id !== null && { http: { request: { id: event.request_id } } }),
    postern: { actor: actor.kind, target, before: event.before, after: event.after, link: event.link },
  };
}
