import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { Act } from '../../audit/index.ts';
import { Conflict, type FieldProblem, new_id, NotFound, type OrgId } from '../../kernel/index.ts';
import type { ConnectionKeyRow, ConnectionRow, Tx } from '../../storage/index.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { parse, wrong } from '../parse.ts';
import { key_context, present_key, wanted_uses } from './keys.ts';
import { key_create, type ServiceProvider } from './schema.ts';

type KeyView = NonNullable<ServiceProvider['certificates']>[number];

/** What people decide about our own keys of a connection. */
export interface KeyVerbs {
  /** Takes a key from elsewhere: issued by an authority, or known to the partner from another broker. @throws NotFound | InvalidInput 422 | Conflict 409 */
  add_key(id: string, body: unknown, act: Act): Promise<KeyView>;
  /** Signs with this key from now on; the one before still decrypts. @throws NotFound */
  activate_key(id: string, kid: string, act: Act): Promise<KeyView>;
  /** @throws NotFound | Conflict 409 for the key that is in use */
  remove_key(id: string, kid: string, act: Act): Promise<void>;
}

const MOST_KEYS = 20;
const LEAST_BITS = 2048;

export function make_key_verbs(deps: OrganizationsDeps, org_id: OrgId): KeyVerbs {
  const { storage, now } = deps;
  /** Opened connectors hold the keys of their version. */
  const in_turn = <Result>(id: string, work: (tx: Tx, connection: ConnectionRow) => Promise<Result>): Promise<Result> =>
    storage.transact(async (tx) => {
      await tx.config_changed(); // its row lock lets one process at a time
      const connection = await tx.org(org_id).connections.find_one({ id });
      if (connection === undefined) throw new NotFound('connection');
      const result = await work(tx, connection);
      const at = now();
      await tx.org(org_id).connections.update({ id }, { announce_at: at, updated_at: at, version: Number(connection.version) + 1 });
      return result;
    });
  const record = (tx: Tx, act: Act, what: string, connection: ConnectionRow, key: ConnectionKeyRow): Promise<void> =>
    deps.record(tx, act, {
      type: `connection.key_${what}`,
      org_id,
      target: { kind: 'connection', id: connection.id, name: connection.name },
      after: { use: key.use, kid: key.id, state: key.state },
    });
  const retire = async (tx: Tx, of: Pick<ConnectionKeyRow, 'connection_id' | 'use' | 'state'>): Promise<void> => {
    const { connection_id, use, state } = of;
    await tx.org(org_id).connection_keys.update({ connection_id, use, state }, { state: 'retired' });
  };
  const read_key = async (tx: Tx, connection_id: string, kid: string): Promise<ConnectionKeyRow> => {
    const key = await tx.org(org_id).connection_keys.find_one({ id: kid, connection_id });
    if (key === undefined) throw new NotFound('key of this connection');
    return key;
  };

  return {
    async add_key(id, body, act) {
      if ((await storage.org(org_id).connections.count({ id })) === 0) throw new NotFound('connection');
      const { use, state, ...pems } = parse(key_create, body);
      const { private_key, certificate } = read_pair(pems, now());
      const kid = new_id('key');
      return in_turn(id, async (tx, connection) => {
        if (!wanted_uses(connection.protocol, connection.settings).includes(use))
          throw wrong([{ path: 'use', message: `a ${connection.protocol} connection has no ${use} key of its own` }]);
        const keys = tx.org(org_id).connection_keys;
        if ((await keys.count({ connection_id: id })) >= MOST_KEYS)
          throw new Conflict('too_many_keys', `A connection has at most ${MOST_KEYS} keys: remove those that are retired.`);
        // one that was published may have been encrypted for already: it still decrypts
        await retire(tx, { connection_id: id, use, state });
        const row: ConnectionKeyRow = {
          ...{ org_id, id: kid, connection_id: id, use, state },
          certificate_pem: certificate.toString(),
          sealed_private_key: storage.seal.seal(private_key.export({ type: 'pkcs8', format: 'pem' }).toString(), key_context(org_id, kid)),
          created_at: now(),
          expires_at: Date.parse(certificate.validTo),
        };
        await keys.insert(row);
        await record(tx, act, 'added', connection, row);
        return present_key(row, now());
      });
    },

    activate_key: (id, kid, act) =>
      in_turn(id, async (tx, connection) => {
        const key = await read_key(tx, id, kid);
        if (key.state === 'current') return present_key(key, now());
        await retire(tx, { connection_id: id, use: key.use, state: 'current' });
        const row: ConnectionKeyRow = { ...key, state: 'current' };
        await tx.org(org_id).connection_keys.update({ id: kid }, { state: 'current' });
        await record(tx, act, 'switched', connection, row);
        return present_key(row, now());
      }),

    remove_key: (id, kid, act) =>
      in_turn(id, async (tx, connection) => {
        const key = await read_key(tx, id, kid);
        if (key.state === 'current') throw new Conflict('key_in_use', 'This key is in use. Activate another one first.');
        await tx.org(org_id).connection_keys.delete({ id: kid });
        await record(tx, act, 'removed', connection, key);
      }),
  };
}

/** A key and its certificate that belong together and that partners accept. @throws InvalidInput 422 */
function read_pair(pems: { readonly private_key_pem: string; readonly certificate_pem: string }, at: number) {
  const problems: FieldProblem[] = [];
  const read = <Value>(path: keyof typeof pems, message: string, open: (pem: string) => Value): Value | undefined => {
    try {
      return open(pems[path]);
    } catch {
      problems.push({ path, message });
      return undefined;
    }
  };
  const private_key = read('private_key_pem', 'must be a private key in PEM that no passphrase protects', createPrivateKey);
  const certificate = read('certificate_pem', 'must be one X.509 certificate in PEM', (pem) => new X509Certificate(pem));
  if (private_key !== undefined && !is_strong(private_key))
    problems.push({ path: 'private_key_pem', message: `must be an RSA key of ${LEAST_BITS} bits or more` });
  if (certificate !== undefined && Date.parse(certificate.validTo) <= at) problems.push({ path: 'certificate_pem', message: 'has ended' });
  if (private_key !== undefined && certificate?.checkPrivateKey(private_key) === false)
    problems.push({ path: 'certificate_pem', message: 'is of another key than private_key_pem' });
  if (private_key === undefined || certificate === undefined || problems.length > 0) throw wrong(problems);
  return { private_key, certificate };
}

const is_strong = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean =>
  asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= LEAST_BITS;
