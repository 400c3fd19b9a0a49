import { NotFound, type OrgId, rfc3339 } from '../../kernel/index.ts';
import type { DomainRow, ScimTokenRow, Storage } from '../../storage/index.ts';
import type { ConnectionCollection } from '../connection/index.ts';
import { connection_health } from './connections.ts';
import { day, days, good, type HealthItem, type HealthView, not_good } from './schema.ts';

const DAY_MS = 86_400_000;
/** A directory that pushes says something at least this often, or somebody should look. */
const SILENT_MS = 7 * DAY_MS;
const TOKEN_ENDS_MS = 14 * DAY_MS;
/** Whoever has more of them looks at each. */
const MOST = 100;

export interface HealthDeps {
  readonly storage: Storage;
  readonly now: () => number;
  readonly connections: (org_id: OrgId) => Pick<ConnectionCollection, 'list'>;
}

/** What is there, what is missing and what will soon be, without asking any partner. @throws NotFound */
export async function organization_health({ storage, now, connections }: HealthDeps, org_id: OrgId): Promise<HealthView> {
  const at = now();
  const [organization, reads] = [await storage.gateway.organizations.find_one({ id: org_id }), storage.org(org_id)];
  if (organization === undefined) throw new NotFound('organization');
  const { data } = await connections(org_id).list({ limit: MOST });
  const items = [
    organization.status === 'active'
      ? good('organization', 'Active.')
      : not_good('organization', 'wrong', { detail: 'Suspended: nobody can sign in.', fix: 'Activate the organization.' }),
    ...domain_health((await reads.domains.page({ limit: MOST })).data),
    ...(await connection_health(storage, org_id, data, at)),
    ...(await reads.scim_tokens.page({ limit: MOST })).data.map((token) => scim_health(token, at)),
    (await reads.contacts.count()) > 0
      ? good('contacts', 'Somebody is told when something wants attention.')
      : not_good('contacts', 'warning', { detail: 'Nobody is told by e-mail when something wants attention.', fix: 'Add a contact.' }),
  ];
  const worst = items.some(({ level }) => level === 'wrong') ? 'wrong' : items.some(({ ok }) => !ok) ? 'warning' : 'good';
  return { level: worst, items, looked_at: rfc3339(at) };
}

function domain_health(rows: readonly DomainRow[]): HealthItem[] {
  if (rows.length === 0)
    return [
      not_good('domain', 'warning', {
        detail: 'No domain: e-mail addresses lead nobody here.',
        fix: 'Add the domain of its people and prove it.',
      }),
    ];
  return rows.map(({ id, status, last_error }) => {
    const about = { kind: 'domain' as const, id, name: id };
    if (status === 'verified') return good('domain', 'Proven.', about);
    const detail = last_error === null ? 'Not proven yet: it leads nobody here.' : `Not proven yet: ${last_error}`;
    return not_good('domain', 'warning', { detail, fix: 'Publish its TXT record, then have it looked up.' }, about);
  });
}

function scim_health({ id, name, last_used_at, expires_at, created_at }: ScimTokenRow, now: number): HealthItem {
  const about = { kind: 'scim_token' as const, id, name };
  const renew = 'Make a new token, enter it at the partner, then delete this one.';
  const ends = expires_at === null ? Number.POSITIVE_INFINITY : Number(expires_at);
  if (ends <= now) return not_good('scim', 'wrong', { detail: `The token ended on ${day(ends)}: nothing arrives.`, fix: renew }, about);
  if (ends - now < TOKEN_ENDS_MS) return not_good('scim', 'warning', { detail: `The token ends on ${day(ends)}.`, fix: renew }, about);
  if (last_used_at === null)
    return not_good(
      'scim',
      'warning',
      {
        detail: `No request has come since it was made on ${day(Number(created_at))}.`,
        fix: 'Enter address and token at the partner and start provisioning there.',
      },
      about,
    );
  const silent = now - Number(last_used_at);
  if (silent < SILENT_MS) return good('scim', `The last request came on ${day(Number(last_used_at))}.`, about);
  return not_good(
    'scim',
    'warning',
    {
      detail: `No request for ${days(silent)}.`,
      fix: 'Look whether provisioning is paused at the partner, or in quarantine after failures.',
    },
    about,
  );
}
