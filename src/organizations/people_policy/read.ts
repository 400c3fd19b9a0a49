import type { Tx } from '../../storage/index.ts';
import { people_policy, type PeoplePolicy, type PeopleSource } from './schema.ts';

/** What stands in a row; a policy that cannot be read is none. */
export function read_people_policy(stored: unknown): PeoplePolicy {
  const read = people_policy.safeParse(stored ?? {});
  return read.success ? read.data : {};
}

/** The policy of an organization as it stays until this unit of work ends: whoever changes it waits, and then sees what was done under the old one. */
export async function policy_of({ kind, sql }: Pick<Tx, 'kind' | 'sql'>, org_id: string): Promise<PeoplePolicy> {
  // on SQLite all writers wait for each other
  const lock = kind === 'postgres' ? ' FOR SHARE' : '';
  const row = await sql.get<{ people_policy: string | null }>(`SELECT "people_policy" FROM "organizations" WHERE "id" = ?${lock}`, [
    org_id,
  ]);
  const stored = row?.people_policy ?? null;
  return stored === null ? {} : read_people_policy(JSON.parse(stored));
}

/** Who decides about an attribute, the strongest first; undefined: whoever spoke last. */
export const owners_of = (policy: PeoplePolicy, attribute: string): readonly PeopleSource[] | undefined =>
  policy.attribute_owners?.attributes?.[attribute] ?? policy.attribute_owners?.default;

/** Whether `source` may say something of an attribute of which `owner` has spoken. Nobody's attribute is anybody's. */
export function outranks(policy: PeoplePolicy, attribute: string, source: PeopleSource, owner: string | undefined): boolean {
  const owners = owners_of(policy, attribute);
  if (owners === undefined || owner === undefined || owner === source) return true;
  if (source === 'admin' && policy.admin_override === true) return true;
  const place = (who: string): number => {
    const found = owners.findIndex((one) => one === who);
    return found === -1 ? owners.length : found;
  };
  return place(source) <= place(owner);
}
