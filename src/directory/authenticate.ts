import { BlockList, isIP } from 'node:net';
import type { Context } from 'koa';
import { state_of } from '../http/index.ts';
import { Forbidden, hash_token, type OrgId, parse_org_id, Unauthenticated } from '../kernel/index.ts';
import type { Storage } from '../storage/index.ts';
import type { ScimDeps } from './deps.ts';
import { dialect_name, type DialectName, type KnownDialect } from './dialect.ts';

export interface Token {
  readonly id: string;
  readonly name: string;
  readonly org_id: OrgId;
  readonly connection_id: string | null;
  readonly dialect: DialectName;
  readonly detected: KnownDialect | undefined;
}

const MINUTE_MS = 60_000;

interface Row {
  id: string;
  name: string;
  connection_id: string | null;
  dialect: string;
  detected_dialect: string | null;
  ip_ranges: string | null;
  expires_at: number | null;
  last_used_at: number | null;
  status: string;
}

/** Whose token this is; `known` hears it before the rest is looked at. An organization that is not there, and one of which the token is not, look alike. @throws Unauthenticated | Forbidden | TooMany */
export async function authenticate(
  deps: ScimDeps,
  ctx: Context,
  organization: string,
  known: (token: Pick<Token, 'id' | 'name'>) => void,
): Promise<Token> {
  const { ip } = state_of(ctx);
  await deps.rate_limits.check('credential', ip);
  const secret = /^bearer +([\x21-\x7e]{1,1024})$/i.exec(ctx.get('authorization'))?.[1];
  const org_id = parse_org_id(organization);
  const row = secret === undefined || org_id === undefined ? undefined : await find(deps.storage, org_id, secret);
  const at = deps.now();
  if (org_id === undefined || row === undefined || (row.expires_at !== null && row.expires_at <= at)) {
    await deps.rate_limits.count('credential', ip);
    ctx.set('www-authenticate', secret === undefined ? 'Bearer' : 'Bearer error="invalid_token"');
    throw new Unauthenticated('invalid_credentials', 'Send a valid SCIM token of this organization: Authorization: Bearer <token>.');
  }
  known({ id: row.id, name: row.name });
  const networks = row.ip_ranges === null ? undefined : (JSON.parse(row.ip_ranges) as string[]); // a JSON column of networks
  if (networks !== undefined && !lies_in(ip, networks))
    throw new Forbidden('address_not_allowed', 'This token may not be used from this address.');
  if (row.status !== 'active') throw new Forbidden('organization_suspended', 'This organization is suspended.');
  await deps.rate_limits.count('scim', org_id);
  if (row.last_used_at === null || at - row.last_used_at >= MINUTE_MS)
    await deps.storage.write_once('UPDATE "scim_tokens" SET "last_used_at" = ? WHERE "org_id" = ? AND "id" = ?', [at, org_id, row.id]);
  const detected = dialect_name.safeParse(row.detected_dialect).data;
  return {
    ...{ id: row.id, name: row.name, org_id, connection_id: row.connection_id },
    dialect: dialect_name.catch('strict').parse(row.dialect),
    detected: detected === 'auto' ? undefined : detected,
  };
}

const find = (storage: Storage, org_id: OrgId, secret: string): Promise<Row | undefined> =>
  storage.sql.get<Row>(
    `SELECT t."id", t."name", t."connection_id", t."dialect", t."detected_dialect", t."ip_ranges", t."expires_at", t."last_used_at", o."status"
     FROM "scim_tokens" t JOIN "organizations" o ON o."id" = t."org_id" WHERE t."org_id" = ? AND t."token_hash" = ?`,
    [org_id, hash_token(secret)],
  );

/** Whether an address lies in one of these networks. */
export function lies_in(ip: string, networks: readonly string[]): boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits = ''] = network.split('/');
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return isIP(ip) !== 0 && list.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');
}

/** Remembers who an `auto` token speaks for, so that what has no signature is read as theirs too. @see detect */
export async function remember(storage: Storage, token: Token, detected: KnownDialect): Promise<void> {
  await storage.write_once('UPDATE "scim_tokens" SET "detected_dialect" = ? WHERE "org_id" = ? AND "id" = ?', [
    detected,
    token.org_id,
    token.id,
  ]);
}
