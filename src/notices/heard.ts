import type { OrgId } from '../kernel/index.ts';
import type { NoticeView } from '../pages/index.ts';
import type { Notice, Tx } from '../storage/index.ts';

const DAY_MS = 86_400_000;
/** From so long before the end of the old key on, the next one signs. */
const SWITCH_MS = 14 * DAY_MS;
/** Certificates are announced earlier than people are written to. */
const FIRST_MAIL_DAYS = 30;

/** An event as it is recorded, in its own unit of work. */
export interface HeardEvent {
  readonly id: string;
  readonly org_id: string | null;
  readonly type: string;
  readonly at: number;
  readonly target: { readonly kind: string; readonly id?: string | undefined; readonly name?: string | undefined } | null;
  readonly before: object | null;
  readonly after: object | null;
}

/** What is to be told, and under which name it is told once. */
export interface Told {
  /** Undefined: for operators alone. */
  readonly notice: Notice | undefined;
  readonly once: string;
  readonly view: NoticeView;
}

interface Place {
  readonly org_id: OrgId;
  readonly organization: string;
  readonly issuer_url: string;
}

type Teller = (tx: Tx, event: HeardEvent, place: Place) => Promise<Told | undefined> | Told | undefined;

/** The events that become notices, by type. Which event is public, and whether it happens at all, others decide. */
export const TELLERS: ReadonlyMap<string, Teller> = new Map<string, Teller>([
  ['saml.certificate.expiring', certificate_ending],
  ['saml.certificate.expired', certificate_ended],
  ['connection.key_published', own_key_published],
  ['scim_token.silent', scim_silent],
  [
    'sync.stopped_by_brake',
    (_tx, event, { organization }) => ({
      notice: 'sync_stopped',
      // a directory that stays as it is stops every run
      once: `${id_of(event)}/${Math.floor(event.at / DAY_MS)}`,
      view: { kind: 'sync_stopped', organization, connection: event.target?.name ?? id_of(event) },
    }),
  ],
  [
    'setup_link.finished',
    (_tx, event, { organization }) => ({ notice: undefined, once: id_of(event), view: { kind: 'setup_finished', organization } }),
  ],
  [
    'event_hook.disabled',
    (_tx, event) => ({
      notice: undefined,
      once: event.id,
      view: {
        kind: 'event_hook_disabled',
        url: event.target?.name ?? '',
        reason: text(event, 'disabled_reason') || 'its endpoint is gone',
      },
    }),
  ],
]);

function certificate_ending(_tx: Tx, event: HeardEvent, { organization, issuer_url }: Place): Told | undefined {
  const [mark, days, ends_at] = [number(event, 'mark'), number(event, 'days_left'), Date.parse(text(event, 'not_after'))];
  if (mark > FIRST_MAIL_DAYS || Number.isNaN(ends_at)) return undefined;
  const connection = event.target?.name ?? id_of(event);
  const once = `${id_of(event)}/${text(event, 'of')}/${text(event, 'sha256')}/${mark}`;
  if (text(event, 'of') === 'own')
    return {
      notice: 'own_key',
      once,
      view: { kind: 'own_key_ending', organization, connection, metadata_url: metadata(issuer_url, event), ends_at, days },
    };
  const next = Date.parse(text(event, 'next_until'));
  return {
    notice: 'certificate',
    once,
    view: {
      kind: 'certificate_ending',
      ...{ organization, connection, ends_at, days },
      certificate: text(event, 'subject'),
      sha256: text(event, 'sha256'),
      next_until: Number.isNaN(next) ? null : next,
    },
  };
}

function certificate_ended(_tx: Tx, event: HeardEvent, { organization }: Place): Told | undefined {
  // of our own the successor has long been in use, or the marks before have said so
  if (text(event, 'of') === 'own') return undefined;
  return {
    notice: 'certificate',
    once: `${id_of(event)}/${text(event, 'sha256')}/ended`,
    view: {
      kind: 'certificate_ended',
      ...{ organization, connection: event.target?.name ?? id_of(event) },
      certificate: text(event, 'subject'),
      sha256: text(event, 'sha256'),
      ends_at: Date.parse(text(event, 'not_after')),
    },
  };
}

async function own_key_published(tx: Tx, event: HeardEvent, { org_id, organization, issuer_url }: Place): Promise<Told | undefined> {
  // what we encrypt for is chosen by the partner as soon as it reads; the key that signs must be known before it is used
  if (text(event, 'use') !== 'signing') return undefined;
  const current = await tx.org(org_id).connection_keys.find({ connection_id: id_of(event), use: 'signing', state: 'current' });
  const ends_at = current.at(0)?.expires_at;
  if (ends_at === null || ends_at === undefined) return undefined;
  return {
    notice: 'own_key',
    once: `${id_of(event)}/${text(event, 'kid')}`,
    view: {
      kind: 'own_key_published',
      ...{ organization, connection: event.target?.name ?? id_of(event) },
      metadata_url: metadata(issuer_url, event),
      used_from: Number(ends_at) - SWITCH_MS,
    },
  };
}

function scim_silent(_tx: Tx, event: HeardEvent, { organization }: Place): Told {
  const last = Date.parse(text(event, 'last_used_at'));
  return {
    notice: 'scim_silent',
    once: `${id_of(event)}/${last}`,
    view: { kind: 'scim_silent', organization, token: event.target?.name ?? id_of(event), last_at: last, days: number(event, 'days') },
  };
}

const id_of = ({ target, id }: HeardEvent): string => target?.id ?? id;
const metadata = (issuer_url: string, event: HeardEvent): string => `${issuer_url.replace(/\/$/, '')}/saml/${id_of(event)}/metadata`;

const fields_of = ({ after }: HeardEvent): Readonly<Record<string, unknown>> => ({ ...after });
function text(event: HeardEvent, name: string): string {
  const value = fields_of(event)[name];
  return typeof value === 'string' ? value : '';
}
function number(event: HeardEvent, name: string): number {
  const value = fields_of(event)[name];
  return typeof value === 'number' ? value : Number.POSITIVE_INFINITY;
}
