import type { OrgId } from '../kernel/index.ts';
import { matcher_of, schemas as organization_schemas } from '../organizations/index.ts';
import { batches, marks } from './batches.ts';
import { parse } from './parse.ts';
import type { UsersDeps } from './record.ts';
import type { MappingPreview } from './schemas.ts';

/** People whose recorded sign-ins are looked at: those who signed in last. */
const PEOPLE = 1000;
/** Of those who match, named. */
const NAMED = 100;

interface Person {
  id: string;
  user_name: string;
  email: string | null;
  attributes: string;
  reference: string;
}

/**
 * What a role mapping would do, without making it: over the people of recorded sign-ins, with the groups and attributes that they have now.
 * @throws InvalidInput 422 for a mapping that could not be made
 */
export async function preview_mapping(deps: UsersDeps, org_id: OrgId, body: unknown): Promise<MappingPreview> {
  const { storage } = deps;
  const { group, attribute, when, role, client_id } = parse(organization_schemas.role_mapping_create, body);
  const named = { attribute_name: attribute?.name ?? null, attribute_value: attribute?.value ?? null };
  const wanted = matcher_of({ group, ...named, expression: when });
  const people = await storage.sql.all<Person>(
    `SELECT u."id", u."user_name", u."email", u."attributes", t."reference" FROM "users" u
     JOIN (SELECT "user_id", MAX("started_at") AS "at", MAX("id") AS "reference" FROM "login_traces"
           WHERE "org_id" = ? AND "outcome" = 'succeeded' AND "expires_at" > ? GROUP BY "user_id" ORDER BY 2 DESC LIMIT ${PEOPLE}) t
       ON t."user_id" = u."id" WHERE u."org_id" = ? ORDER BY t."at" DESC`,
    [org_id, deps.now(), org_id],
  );
  const ids = people.map(({ id }) => id);
  const groups = await values_by_person(
    deps,
    org_id,
    ids,
    `SELECT m."user_id", g."display_name" AS "value" FROM "group_members" m JOIN "groups" g ON g."org_id" = m."org_id" AND g."id" = m."group_id"
     WHERE m."org_id" = ? AND m."user_id" IN (:ids)`,
  );
  const given = await values_by_person(
    deps,
    org_id,
    ids,
    `SELECT "user_id", "role" || ' ' || "client_id" AS "value" FROM "user_roles" WHERE "org_id" = ? AND "user_id" IN (:ids)`,
  );
  const mappings = (await storage.org(org_id).role_mappings.find({ role }))
    .filter((mapping) => mapping.client_id === '' || mapping.client_id === (client_id ?? ''))
    .map(matcher_of);
  const matching = people.flatMap(({ id, user_name, email, attributes: text, reference }) => {
    const attributes = JSON.parse(text) as Record<string, unknown>; // a JSON column
    const who = { groups: groups.get(id) ?? new Set<string>(), attributes, user_name, email };
    if (!wanted(who)) return [];
    const by_hand = given.get(id)?.has(`${role} `) === true || given.get(id)?.has(`${role} ${client_id ?? ''}`) === true;
    return [{ user_id: id, user_name, reference, already: by_hand || mappings.some((matches) => matches(who)) }];
  });
  return {
    looked_at: people.length,
    matching: matching.length,
    new: matching.filter(({ already }) => !already).length,
    people: matching.slice(0, NAMED),
  };
}

async function values_by_person(
  { storage }: UsersDeps,
  org_id: OrgId,
  ids: readonly string[],
  statement: string,
): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>();
  for (const batch of batches(ids)) {
    const rows = await storage.sql.all<{ user_id: string; value: string }>(statement.replace(':ids', marks(batch)), [org_id, ...batch]);
    for (const { user_id, value } of rows) found.set(user_id, (found.get(user_id) ?? new Set()).add(value));
  }
  return found;
}
