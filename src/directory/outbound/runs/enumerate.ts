import type { ScimRunRow, Storage } from '../../../storage/index.ts';
import type { OpenTarget } from '../open_target.ts';

/** Where a walk over everybody is. */
export interface Place {
  readonly org: string;
  readonly after: string;
}

export interface Walked {
  readonly ids: readonly { readonly id: string; readonly org_id: string }[];
  /** Undefined: that was all. */
  readonly next: Place | undefined;
}

export const START: Place = { org: '', after: '' };

type Walk = Pick<ScimRunRow, 'org_id'>;

/** The next people (or groups) of the organizations that a target is for, organization by organization. */
export async function walk(
  storage: Storage,
  target: OpenTarget,
  { org_id: only }: Walk,
  table: 'users' | 'groups',
  { org, after }: Place,
  limit: number,
): Promise<Walked> {
  const ids: { id: string; org_id: string }[] = [];
  let place: Place | undefined = org === '' ? await next_organization(storage, target, only, '') : { org, after };
  while (place !== undefined && ids.length < limit) {
    const { org: current, after: last }: Place = place;
    const rows: { id: string }[] = await storage.sql.all<{ id: string }>(
      `SELECT "id" FROM "${table}" WHERE "org_id" = ? AND "id" > ? ORDER BY "id" LIMIT ${limit}`,
      [current, last],
    );
    const taken = rows.slice(0, limit - ids.length);
    ids.push(...taken.map(({ id }) => ({ id, org_id: current })));
    const more = rows.length === limit || taken.length < rows.length;
    place = more ? { org: current, after: taken.at(-1)?.id ?? last } : await next_organization(storage, target, only, current);
  }
  return { ids, next: place };
}

const ORGANIZATIONS = 500;

async function next_organization(storage: Storage, target: OpenTarget, only: string | null, after: string): Promise<Place | undefined> {
  if (only !== null) return only > after && target.allows(only) ? { org: only, after: '' } : undefined;
  for (let from = after; ; ) {
    const rows = await storage.sql.all<{ id: string }>(
      `SELECT "id" FROM "organizations" WHERE "id" > ? ORDER BY "id" LIMIT ${ORGANIZATIONS}`,
      [from],
    );
    const found = rows.find(({ id }) => target.allows(id));
    if (found !== undefined) return { org: found.id, after: '' };
    const last = rows.at(-1);
    if (last === undefined || rows.length < ORGANIZATIONS) return undefined;
    from = last.id;
  }
}

/** Those whom the target knows and the walk does not meet: of organizations that may not use the app any more, and those who are gone. */
export async function walk_strays(
  storage: Storage,
  target: OpenTarget,
  { org_id: only }: Walk,
  { after }: Place,
  limit: number,
): Promise<{
  readonly strays: readonly { readonly id: string; readonly org_id: string; readonly kind: 'user' | 'group' }[];
  readonly next: Place | undefined;
}> {
  const rows = await storage.sql.all<{ id: string; org_id: string; kind: 'user' | 'group'; here: string | null }>(
    `SELECT l."id", l."org_id", l."kind", COALESCE(u."id", g."id") AS "here" FROM "scim_links" l
     LEFT JOIN "users" u ON l."kind" = 'user' AND u."org_id" = l."org_id" AND u."id" = l."id"
     LEFT JOIN "groups" g ON l."kind" = 'group' AND g."org_id" = l."org_id" AND g."id" = l."id"
     WHERE l."target_id" = ? AND l."id" > ? ${only === null ? '' : 'AND l."org_id" = ?'} ORDER BY l."id" LIMIT ${limit}`,
    [target.row.id, after, ...(only === null ? [] : [only])],
  );
  const last = rows.at(-1);
  return {
    strays: rows.filter(({ here, org_id }) => here === null || !target.allows(org_id)),
    next: rows.length < limit || last === undefined ? undefined : { org: '', after: last.id },
  };
}

/** How many the walks will meet. */
export async function count_all(storage: Storage, target: OpenTarget, { org_id: only }: Walk): Promise<number> {
  let total = 0;
  for (const table of ['users', 'groups'] as const) {
    const rows =
      only === null
        ? await storage.sql.all<{ org_id: string; rows: number }>(`SELECT "org_id", COUNT(*) AS "rows" FROM "${table}" GROUP BY "org_id"`)
        : await storage.sql.all<{ org_id: string; rows: number }>(
            `SELECT "org_id", COUNT(*) AS "rows" FROM "${table}" WHERE "org_id" = ? GROUP BY "org_id"`,
            [only],
          );
    for (const row of rows) if (target.allows(row.org_id)) total += Number(row.rows);
  }
  return total;
}
