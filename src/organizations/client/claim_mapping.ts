import { z } from 'zod';
import { plain } from '../parse.ts';

/** Claims that an app may have under another name. */
const RENAMED = [
  ...['name', 'given_name', 'family_name', 'preferred_username', 'updated_at', 'org_name'],
  ...['email', 'email_verified', 'groups', 'roles'],
] as const;

/** What a token is checked by, or says of the sign-in: no claim is renamed to one of these. */
const PROTECTED = new Set([
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'azp', 'acr', 'amr', 'auth_time', 'sid', 'at_hash', 'c_hash', 's_hash'],
  ...['cnf', 'act', 'events', 'client_id', 'scope', 'org_id', 'org_slug', 'idp', 'groups_overage', 'organization', 'organizations'],
  ...['organization_roles', ...RENAMED],
]);

const claim_name = plain(255).refine(
  (name) => !PROTECTED.has(name) && !name.startsWith('_') && !(name in {}),
  'is the name of another claim',
);

/** What an app's tokens say, in its own words. */
export const claim_mapping = z.strictObject({
  /** By Postern's name, the app's. */
  rename: z
    .partialRecord(z.enum(RENAMED), claim_name)
    .refine((names) => new Set(Object.values(names)).size === Object.keys(names).length, 'must not give one name twice')
    .optional(),
  /** Only groups whose names begin so. */
  groups_prefix: plain(255).optional(),
  /** At most so many groups; `groups_overage` says that there are more. */
  groups_limit: z.int().min(1).max(1000).optional(),
});
