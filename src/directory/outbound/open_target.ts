import { type Capabilities, capabilities_of, target_context } from '../../organizations/index.ts';
import type { ScimTargetRow, Sql, Storage } from '../../storage/index.ts';

/** A target with everything that a delivery needs of it. */
export interface OpenTarget {
  readonly row: ScimTargetRow;
  readonly secret: string;
  readonly can: Capabilities;
  /** People of this organization may be told to it: the app is open to them, and the target is for them. */
  allows(org_id: string): boolean;
}

type Reader = Pick<Sql, 'get'>;

/** Undefined when it is gone, or its app is. */
export async function open_target(storage: Storage, id: string): Promise<OpenTarget | undefined> {
  const row = await storage.gateway.scim_targets.find_one({ id });
  if (row === undefined) return undefined;
  const allows = await openness(storage.sql, row);
  if (allows === undefined) return undefined;
  return { row, secret: storage.seal.open(row.sealed_secret, target_context(id)), can: capabilities_of(row), allows };
}

/** Both lists, the target's and the app's own: never more than the app is open to. */
export async function openness(
  sql: Reader,
  row: Pick<ScimTargetRow, 'client_id' | 'organizations'>,
): Promise<((org_id: string) => boolean) | undefined> {
  const client = await sql.get<{ organizations: string | null }>(`SELECT "organizations" FROM "clients" WHERE "id" = ?`, [row.client_id]);
  if (client === undefined) return undefined;
  const of_app = list_of(client.organizations);
  const of_target = row.organizations === null ? null : new Set(row.organizations);
  return (org_id) => (of_app?.has(org_id) ?? true) && (of_target?.has(org_id) ?? true);
}

export const list_of = (json: string | null): ReadonlySet<string> | null =>
  json === null || json === 'null' ? null : new Set(JSON.parse(json) as string[]); // a JSON column
