import { z } from 'zod';
import { ConnectorError, type Tools } from '../../connectors/connector.ts';
import type { Act } from '../audit/index.ts';
import { hash_token, InvalidInput, new_id, type OrgId, random_token, rfc3339 } from '../kernel/index.ts';
import type { SignalSourceRow, Tx } from '../storage/index.ts';
import type { Collection, Shown } from './collection.ts';
import type { OrganizationsDeps } from './deps.ts';
import { fetched_uri, parse, plain, strict_url, time, wrong } from './parse.ts';
import { insert_versioned, type Kind, make_versioned, replace_versioned, type RowWrites } from './versioned.ts';

const TOKEN_PREFIX = 'postern_ssf_';

const audience = plain(2048);
const signal_source_create = z.strictObject({
  /** Of this organization: what was signed in to through it is what the transmitter may end. */
  connection_id: z.string().max(64),
  /** As the transmitter calls itself, byte for byte. */
  issuer: fetched_uri,
  /** Where it describes itself; absent: where RFC 8615 and the framework put it. */
  configuration_url: fetched_uri.nullable().default(null),
  /** Where its keys are, for one that does not describe itself: then nothing is fetched now. */
  jwks_uri: fetched_uri.nullable().default(null),
  /** The `aud` of its events; absent: the address that they come to. */
  audience: audience.nullable().default(null),
});
const signal_source_patch = z.strictObject({ audience }).partial();
const signal_source = z.object({
  id: z.string(),
  connection_id: z.string(),
  issuer: z.string(),
  /** Null: the keys were named by hand. */
  configuration_url: z.string().nullable(),
  jwks_uri: z.string(),
  audience: z.string(),
  /** What the transmitter delivers to (RFC 8935). */
  events_url: z.string(),
  last_received_at: time.nullable(),
  created_at: time,
  updated_at: time,
});
/** The token is what the transmitter sends as `Authorization: Bearer`. */
const signal_source_created = signal_source.extend({ token: z.string() });

export const signal_source_schemas = { signal_source, signal_source_create, signal_source_patch, signal_source_created };
export type SignalSourceView = z.output<typeof signal_source>;
export type CreatedSignalSourceView = z.output<typeof signal_source_created>;
export type SignalSourceCollection = Collection<SignalSourceView, CreatedSignalSourceView> &
  Required<Pick<Collection<SignalSourceView>, 'update'>> & {
    /** Another in its place, with a token of its own: the one that is there stays until the other could be read. @throws NotFound | InvalidInput 422 */
    replace(id: string, body: unknown, act: Act): Promise<Shown<CreatedSignalSourceView>>;
  };

const events_url = (issuer_url: string, connection_id: string): string => `${issuer_url.replace(/\/$/, '')}/ssf/${connection_id}/events`;

/** Transmitters of the partner's (Shared Signals Framework 1.0) that may end sessions made through a connection: one for each. */
export function make_signal_source_collection(deps: OrganizationsDeps, org_id: OrgId): SignalSourceCollection {
  const present = (row: SignalSourceRow): SignalSourceView => ({
    ...{ id: row.id, connection_id: row.connection_id, issuer: row.issuer, configuration_url: row.configuration_url },
    ...{ jwks_uri: row.jwks_uri, audience: row.audience, events_url: events_url(deps.issuer_url, row.connection_id) },
    last_received_at: row.last_received_at === null ? null : rfc3339(row.last_received_at),
    ...{ created_at: rfc3339(row.created_at), updated_at: rfc3339(row.updated_at) },
  });
  const kind: Kind<SignalSourceRow, SignalSourceView> = {
    name: 'signal_source',
    within: org_id,
    reads: deps.storage.org(org_id).signal_sources,
    writes: (tx) => of_own_connection(tx, org_id),
    present,
    label: (row) => row.issuer,
    body: (row) => ({ audience: row.audience }),
    async make(body) {
      const given = parse(signal_source_create, body);
      const connection = await deps.storage.org(org_id).connections.find_one({ id: given.connection_id });
      if (connection === undefined || connection.protocol === 'ldap') throw no_connection();
      if (given.jwks_uri !== null && given.configuration_url !== null)
        throw wrong([{ path: 'jwks_uri', message: 'is for a transmitter without configuration_url' }]);
      const configuration_url = given.jwks_uri === null ? (given.configuration_url ?? well_known(given.issuer)) : null;
      const jwks_uri = given.jwks_uri ?? (await read_transmitter(deps.egress, given.issuer, configuration_url ?? '')).jwks_uri;
      const at = deps.now();
      return {
        ...{ org_id, id: new_id('sig'), connection_id: connection.id, issuer: given.issuer, configuration_url, jwks_uri },
        audience: given.audience ?? events_url(deps.issuer_url, connection.id),
        ...{ token_hash: '', last_received_at: null, created_at: at, updated_at: at, version: 1 },
      };
    },
    change: (row, body) => ({ audience: parse(signal_source_patch, body).audience ?? row.audience }),
  };
  const made = async (body: unknown, act: Act, keep: (row: SignalSourceRow) => Promise<void>): Promise<Shown<CreatedSignalSourceView>> => {
    const row = await kind.make(body, act);
    const token = TOKEN_PREFIX + random_token();
    await keep({ ...row, token_hash: hash_token(token) });
    return { view: { ...present(row), token }, version: 1 };
  };
  return {
    ...make_versioned<SignalSourceRow, SignalSourceView>(deps, kind),
    create: (body, act) => made(body, act, (row) => insert_versioned(deps, kind, row, act)),
    replace: (id, body, act) => made(body, act, (row) => replace_versioned(deps, kind, id, row, act)),
  };
}

/** The connection is looked at again under the lock of whoever would delete it. */
function of_own_connection(tx: Tx, org_id: OrgId): RowWrites<SignalSourceRow> {
  const { signal_sources, connections } = tx.org(org_id);
  return {
    find_one: (match) => signal_sources.find_one(match),
    async insert(row) {
      if ((await connections.find_one({ id: row.connection_id })) === undefined) throw no_connection();
      await signal_sources.insert(row);
    },
    update: (match, changes) => signal_sources.update(match, changes),
    delete: (match) => signal_sources.delete(match),
  };
}

const no_connection = (): InvalidInput =>
  wrong([{ path: 'connection_id', message: 'is not an OIDC or SAML connection of this organization' }]);

/** RFC 8615, and section 7.2.1 of the framework: before the path of the issuer. */
function well_known(issuer: string): string {
  const url = new URL(issuer);
  return `${url.origin}/.well-known/ssf-configuration${url.pathname.replace(/\/$/, '')}`;
}

const document = z.object({ issuer: z.string(), jwks_uri: z.string().max(2048) });

/** What the transmitter says of itself. @throws InvalidInput 422 that names the field */
async function read_transmitter({ fetch }: Pick<Tools, 'fetch'>, issuer: string, url: string): Promise<z.output<typeof document>> {
  const refuse = (path: string, message: string, cause?: unknown): InvalidInput =>
    new InvalidInput('partner_unreadable', 'What the partner publishes could not be read.', {
      ...{ status: 422, fields: [{ path, message }] },
      ...(cause !== undefined && { cause }),
    });
  const answer = await fetch(url, { headers: { accept: 'application/json' } }).catch((error: unknown) => {
    throw error instanceof ConnectorError ? refuse('configuration_url', error.message, error) : error;
  });
  if (answer.status !== 200) throw refuse('configuration_url', `${url} answered ${answer.status}`);
  const read = document.safeParse(parsed(answer.body));
  if (!read.success) throw refuse('configuration_url', `${url} holds no transmitter configuration with issuer and jwks_uri`);
  if (read.data.issuer !== issuer)
    throw refuse('issuer', `must be exactly what the transmitter calls itself: ${read.data.issuer.slice(0, 300)}`);
  const keys = strict_url(read.data.jwks_uri);
  // plain http only where the whole transmitter is in a network that allows it
  if (keys === undefined || !(keys.protocol === 'https:' || (keys.protocol === 'http:' && url.startsWith('http:'))))
    throw refuse('configuration_url', 'the jwks_uri of the transmitter must begin with https://');
  return read.data;
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
