import type { Connector } from '../../connectors/connector.ts';
import { hash_token, NotFound, type OrgId, parse_connection_id } from '../kernel/index.ts';
import type { ConnectionRow } from '../storage/index.ts';
import { open_connector } from './connection/index.ts';
import type { OrganizationsDeps } from './deps.ts';

export interface Connectors {
  /** Opened once per version of the connection. @throws NotFound | Misconfigured */
  get(connection_id: string): Promise<Connector>;
  /** Closes those that were replaced a while ago: a sign-in that began with one ends with it. */
  tend(now: number): Promise<void>;
  close(): Promise<void>;
}

interface Opened {
  readonly fingerprint: string;
  readonly connector: Connector;
  /** The generation in which the row was last seen to be of this version. */
  checked: number;
}

/** Open at a time, however many connections there are. */
const KEPT = 1000;
const GRACE_MS = 60_000;

export function make_connectors(deps: OrganizationsDeps): Connectors {
  const opened = new Map<string, Opened>();
  const flights = new Map<string, Promise<Connector>>();
  let retired: { readonly connector: Connector; readonly at: number }[] = [];
  let generation = 0;
  deps.storage.on_config_change(() => {
    generation++;
    flights.clear();
  });

  const retire = (id: string): void => {
    const old = opened.get(id);
    if (old === undefined) return;
    opened.delete(id);
    retired.push({ connector: old.connector, at: deps.now() });
  };
  const close = async (connector: Connector): Promise<void> => {
    await connector.close?.().catch((error: unknown) => deps.log('warn', 'a connector did not close', { error }));
  };
  const load = async (id: string): Promise<Connector> => {
    const began = generation;
    const row = await read_row(deps, id);
    const known = opened.get(id);
    if (row === undefined) {
      retire(id);
      throw new NotFound('connection');
    }
    const fingerprint = fingerprint_of(row);
    if (known?.fingerprint === fingerprint) {
      known.checked = Math.max(known.checked, began);
      return known.connector;
    }
    const connector = open_connector(deps, row);
    // a newer version was opened while this one was read: this one serves who asked, and nobody after
    if (known !== undefined && known.checked > began) {
      retired.push({ connector, at: deps.now() });
      return connector;
    }
    retire(id);
    opened.set(id, { fingerprint, connector, checked: began });
    for (const oldest of opened.keys()) {
      if (opened.size <= KEPT) break;
      retire(oldest);
    }
    return connector;
  };

  return {
    async get(id) {
      if (parse_connection_id(id) === undefined) throw new NotFound('connection');
      const known = opened.get(id);
      if (known !== undefined && known.checked === generation) {
        // the order of a Map is the order of use
        opened.delete(id);
        opened.set(id, known);
        return known.connector;
      }
      const flying = flights.get(id);
      if (flying !== undefined) return flying;
      const flight = load(id).finally(() => {
        if (flights.get(id) === flight) flights.delete(id);
      });
      flights.set(id, flight);
      return flight;
    },
    async tend(now) {
      const due = retired.filter(({ at }) => at + GRACE_MS <= now);
      retired = retired.filter((old) => !due.includes(old));
      await Promise.all(due.map(({ connector }) => close(connector)));
    },
    async close() {
      const all = [...retired, ...opened.values()].map(({ connector }) => connector);
      retired = [];
      opened.clear();
      await Promise.all(all.map(close));
    },
  };
}

async function read_row(deps: OrganizationsDeps, id: string): Promise<ConnectionRow | undefined> {
  const owner = await deps.storage.sql.get<{ org_id: OrgId }>(`SELECT "org_id" FROM "connections" WHERE "id" = ?`, [id]);
  return owner === undefined ? undefined : deps.storage.org(owner.org_id).connections.find_one({ id });
}

/** Of everything that a connector is opened with: its keys change with the version, what its partner publishes does not. */
const fingerprint_of = (row: ConnectionRow): string => `${row.org_id} ${row.version} ${hash_token(JSON.stringify(row.resolved))}`;
