import type { ConnectionKeyRow } from '../../storage/index.ts';
import type { ConnectionView } from '../connection/index.ts';
import { day, days, good, type HealthItem, not_good } from './schema.ts';

const DAY_MS = 86_400_000;
/** From here on it is shown: the first mark of the notices. */
const SHOWN_MS = 60 * DAY_MS;
/** From here on it is urgent. */
const URGENT_MS = 14 * DAY_MS;

/** The partner's certificates: what counts is the last to end, as sign-ins go on with any that is valid. */
export function partner_certificates(view: ConnectionView, now: number): HealthItem[] {
  const about = { kind: 'connection' as const, id: view.id, name: view.name };
  if (view.trust === undefined) return [];
  const ends = view.trust.certificates.map(({ not_after }) => Date.parse(not_after));
  const fix =
    view.trust.read_at === null
      ? 'Ask the partner for the next certificate and add it beside this one.'
      : 'Ask the partner to publish the next certificate in its metadata; it is read by itself.';
  if (ends.length === 0)
    return [
      not_good(
        'certificate',
        'wrong',
        {
          detail: 'No certificate of the partner is known: nobody can sign in.',
          fix: 'Give the metadata or a certificate of the partner.',
        },
        about,
      ),
    ];
  const last = Math.max(...ends);
  if (last <= now)
    return [
      not_good('certificate', 'wrong', { detail: `Every certificate of the partner has ended, the last on ${day(last)}.`, fix }, about),
    ];
  const detail = `${ends.length === 1 ? 'The certificate' : 'The last certificate'} of the partner is valid until ${day(last)}, for ${days(last - now)}.`;
  if (last - now > SHOWN_MS) return [good('certificate', detail, about)];
  return [not_good('certificate', last - now > URGENT_MS ? 'warning' : 'wrong', { detail, fix }, about)];
}

/** Keys that wait for somebody's approval, and metadata that can no longer be read. */
export function partner_metadata(view: ConnectionView): HealthItem[] {
  const about = { kind: 'connection' as const, id: view.id, name: view.name };
  const { trust } = view;
  if (trust === undefined) return [];
  if (trust.waiting !== null)
    return [
      not_good(
        'metadata',
        'wrong',
        {
          detail: 'The partner publishes keys that wait for approval: they are not used yet.',
          fix: 'Compare the fingerprints with the partner and approve the keys.',
        },
        about,
      ),
    ];
  if (trust.last_error !== null)
    return [
      not_good(
        'metadata',
        'warning',
        {
          detail: `The metadata could not be read on ${trust.last_error.at.slice(0, 10)}: ${trust.last_error.message}`,
          fix: 'Look whether the address of the metadata is still right and can be reached from here. What was read before is used meanwhile.',
        },
        about,
      ),
    ];
  return trust.read_at === null ? [] : [good('metadata', `Read on ${trust.read_at.slice(0, 10)}.`, about)];
}

/** Our own keys of one connection: who reads our metadata has nothing to do. */
export function own_certificates(view: ConnectionView, keys: readonly ConnectionKeyRow[], now: number): HealthItem[] {
  const about = { kind: 'connection' as const, id: view.id, name: view.name };
  const own = keys.filter(({ connection_id, expires_at }) => connection_id === view.id && expires_at !== null);
  const ends = own.filter(({ state }) => state === 'current').map(({ expires_at }) => Number(expires_at));
  if (ends.length === 0) return [];
  const first = Math.min(...ends);
  const fix = `Have the partner read our metadata again${view.service_provider.metadata_url === undefined ? '' : ` (${view.service_provider.metadata_url})`}, or enter the new certificate there.`;
  if (first <= now) return [not_good('own_certificate', 'wrong', { detail: `Our certificate ended on ${day(first)}.`, fix }, about)];
  if (own.some(({ state }) => state === 'next'))
    return [
      not_good(
        'own_certificate',
        'warning',
        { detail: `Our next certificate is published; the one in use is valid until ${day(first)}.`, fix },
        about,
      ),
    ];
  return [good('own_certificate', `Ours is valid until ${day(first)}.`, about)];
}
