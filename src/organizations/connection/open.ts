import type { Check, ConnectionKey, Connector, Tools } from '../../../connectors/connector.ts';
import { ConnectorError } from '../../../connectors/connector.ts';
import { Misconfigured, type OrgId } from '../../kernel/index.ts';
import { type ConnectionRow, first_use } from '../../storage/index.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { addresses_of } from './addresses.ts';
import { open_keys } from './keys.ts';
import { refresh_now } from './refresh.ts';
import { stored_settings } from './settings.ts';

const TEST_MS = 15_000;

/** Opens a connection as it is in its row; touches no network. @throws Misconfigured when its settings are no longer valid */
export function open_connector(deps: OrganizationsDeps, row: ConnectionRow, resolved = row.resolved): Connector {
  const type = deps.connector_types[row.protocol];
  return type.open(config_of(deps, row), tools_of(deps, row), resolved);
}

function config_of(deps: OrganizationsDeps, row: ConnectionRow): unknown {
  const { settings, secrets } = stored_settings(deps.storage, row);
  const read = deps.connector_types[row.protocol].parse({ ...settings, ...secrets });
  if (read.ok) return read.config;
  throw new Misconfigured('connection_unusable', 'This connection cannot work as it is set up.', {
    detail: read.errors.map(({ path, message }) => `${path}: ${message}`).join('; '),
  });
}

/** Everything impure that the connector gets; nothing of it reaches beyond its own connection. */
function tools_of(deps: OrganizationsDeps, row: ConnectionRow): Tools {
  const org_id = row.org_id as OrgId; // a row comes from its organization's store
  let keys: Promise<readonly ConnectionKey[]> | undefined;
  return {
    now: deps.now,
    random_bytes: deps.random_bytes,
    fetch: deps.egress.fetch,
    resolve: deps.egress.resolve,
    first_use: (key, expires_at) => first_use(deps.storage, `connection/${row.id}`, key, expires_at),
    log: (level, message, fields) => deps.log(level, message, { ...fields, connection_id: row.id }),
    ...addresses_of(deps.issuer_url, row.protocol, row.id),
    refresh: (signal) => refresh_now(deps, org_id, row.id, signal),
    keys() {
      // a change of keys is a new version, which is opened anew
      keys ??= open_keys(deps.storage, org_id, row.id).catch((error: unknown) => {
        keys = undefined;
        throw error;
      });
      return keys;
    },
  };
}

/** Pre-flight of a connection, also of one that is switched off and was never resolved. Whatever the partner does, it ends in time. */
export async function run_checks(deps: OrganizationsDeps, row: ConnectionRow): Promise<readonly Check[]> {
  const noted: Check[] = [];
  const signal = AbortSignal.timeout(TEST_MS);
  let connector: Connector | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new ConnectorError('timed_out', `no answer within ${TEST_MS / 1000} seconds`)), {
      once: true,
    });
  });
  const look = async (): Promise<readonly Check[]> => {
    const type = deps.connector_types[row.protocol];
    const config = config_of(deps, row);
    const resolved = row.resolved_at === null ? await type.resolve?.(config, { fetch: deps.egress.fetch, now: deps.now }) : row.resolved;
    connector = open_connector(deps, row, { ...resolved });
    return connector.preflight({ signal, check: (check) => void noted.push(check) });
  };
  try {
    return await Promise.race([look(), late]);
  } catch (error) {
    return [...noted, failed(deps, row, error)];
  } finally {
    await connector?.close?.().catch(() => undefined);
  }
}

function failed(deps: OrganizationsDeps, row: ConnectionRow, error: unknown): Check {
  if (error instanceof ConnectorError)
    return { name: 'partner', ok: false, detail: `${error.reason}: ${error.message}`, ...(error.fix !== undefined && { fix: error.fix }) };
  if (error instanceof Misconfigured) return { name: 'settings', ok: false, detail: error.detail ?? error.message };
  deps.log('error', 'a pre-flight failed in itself', { connection_id: row.id, error });
  return { name: 'preflight', ok: false, detail: 'The check itself failed; the log says why.' };
}
