import type { Act } from '../../audit/index.ts';
import { hash_token, InvalidInput, random_token, Unauthenticated } from '../../kernel/index.ts';
import type { RegistrationTokenRow } from '../../storage/index.ts';
import type { ClientCollection, ClientView } from '../client/index.ts';
import { REGISTRATION_NAMES } from '../client/schema.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { is_object } from '../merge_patch.ts';
import { OWNERS_SCOPES } from '../scopes.ts';

/** Who asks, as far as the record tells it. */
export type Origin = Pick<Act, 'request_id' | 'ip'>;

/** An app's registration as it is told to the app itself (RFC 7591 section 3.2.1). */
export type Registered = Readonly<Record<string, unknown>>;

/** Apps that register themselves. What they may be is what the admin API lets any app be, and less: third-party, for no API until an operator allows one. */
export interface Registration {
  /** @throws BadToken | InvalidInput */
  register(token: string, metadata: unknown, origin: Origin): Promise<Registered>;
  /** RFC 7592. @throws BadToken also for an app that is gone or switched off */
  read(client_id: string, token: string): Promise<Registered>;
  /** @throws BadToken | InvalidInput */
  replace(client_id: string, token: string, metadata: unknown, origin: Origin): Promise<Registered>;
  /** @throws BadToken */
  remove(client_id: string, token: string, origin: Origin): Promise<void>;
}

/** The token is not one that opens this. */
export class BadToken extends Unauthenticated {
  constructor() {
    super('invalid_registration_token', 'The token is unknown, used up or expired.');
  }
}

const TOKEN_PREFIX = 'postern_rat_';

export function make_registration(deps: OrganizationsDeps, clients: ClientCollection): Registration {
  const { storage, now, issuer_url } = deps;
  const shown = (view: ClientView, more: Registered = {}): Registered => ({
    ...picked(view),
    response_types: view.grant_types?.includes('authorization_code') === false ? [] : ['code'],
    client_id: view.client_id,
    client_id_issued_at: Math.floor(Date.parse(view.created_at) / 1000),
    registration_client_uri: `${issuer_url}/register/${encodeURIComponent(view.client_id)}`,
    ...more,
  });
  /** One use of the token is taken, and given back when nothing was registered. */
  const take = async (token: string): Promise<RegistrationTokenRow> => {
    const token_hash = hash_token(token);
    const taken = await storage.write_once(
      `UPDATE "registration_tokens" SET "uses_left" = "uses_left" - 1
       WHERE "token_hash" = ? AND ("uses_left" IS NULL OR "uses_left" > 0) AND ("expires_at" IS NULL OR "expires_at" > ?)`,
      [token_hash, now()],
    );
    const row = taken === 0 ? undefined : await storage.gateway.registration_tokens.find_one({ token_hash });
    if (row === undefined) throw new BadToken();
    return row;
  };
  const give_back = (row: RegistrationTokenRow): Promise<unknown> =>
    storage.write_once(`UPDATE "registration_tokens" SET "uses_left" = "uses_left" + 1 WHERE "id" = ?`, [row.id]);
  const own = async (client_id: string, token: string): Promise<ClientView> => {
    const row = await storage.gateway.clients.find_one({ registration_hash: hash_token(token) });
    if (row === undefined || row.id !== client_id || !row.enabled) throw new BadToken();
    return (await clients.get(client_id)).view;
  };
  const act_of = (client_id: string, origin: Origin): Act => ({ ...origin, actor: { kind: 'client', id: client_id } });
  return {
    async register(token, metadata, origin) {
      const issued = await take(token);
      try {
        const body = {
          ...allowed(metadata),
          organizations: issued.organization_id === null ? 'all' : [issued.organization_id],
          first_party: false,
          allowed_resources: [],
        };
        const { view } = await clients.create(body, { ...origin, actor: { kind: 'system', id: issued.id, name: issued.name } });
        const registration_access_token = TOKEN_PREFIX + random_token();
        await storage.write_once(`UPDATE "clients" SET "registration_hash" = ? WHERE "id" = ?`, [
          hash_token(registration_access_token),
          view.client_id,
        ]);
        const { client_secret } = view;
        return shown(view, {
          registration_access_token,
          ...(client_secret !== undefined && { client_secret, client_secret_expires_at: 0 }),
        });
      } catch (error) {
        await give_back(issued);
        throw error;
      }
    },
    read: async (client_id, token) => shown(await own(client_id, token), { registration_access_token: token }),
    async replace(client_id, token, metadata, origin) {
      await own(client_id, token);
      if (!is_object(metadata) || metadata['client_id'] !== client_id)
        throw new InvalidInput('invalid_body', 'client_id must be that of the app.', { status: 422 });
      // what is left out goes (RFC 7592 section 2.2)
      const gone = Object.fromEntries(REGISTRATION_NAMES.map((name) => [name, null]));
      const { view } = await clients.update(client_id, { ...gone, ...allowed(metadata) }, act_of(client_id, origin));
      return shown(view, { registration_access_token: token });
    },
    async remove(client_id, token, origin) {
      await own(client_id, token);
      await clients.remove(client_id, act_of(client_id, origin));
    },
  };
}

/** What a registration may say; names that we do not know are ignored (RFC 7591 section 2). @throws InvalidInput for a scope of Postern's own */
function allowed(metadata: unknown): Record<string, unknown> {
  if (!is_object(metadata)) throw new InvalidInput('invalid_body', 'Send a JSON object.', { status: 422 });
  const scope = metadata['scope'];
  if (typeof scope === 'string' && scope.split(' ').some((name) => name.startsWith('postern:') || OWNERS_SCOPES.includes(name)))
    throw new InvalidInput('invalid_body', 'Scopes of Postern itself are not for registration.', { status: 422 });
  return picked(metadata);
}

const picked = (from: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    REGISTRATION_NAMES.filter((name) => Object.hasOwn(from, name) && from[name] !== null && from[name] !== undefined).map((name) => [
      name,
      from[name],
    ]),
  );
