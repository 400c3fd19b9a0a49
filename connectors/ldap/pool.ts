import { type Call, ConnectorError, type Tools } from '../connector.ts';
import { dial } from './dial.ts';
import { fault_of, INVALID_CREDENTIALS, note_misconfigured, SUCCESS, Unavailable } from './failure.ts';
import { open_session, type Session, timed_out, type Wait } from './session.ts';
import type { LdapConfig, Server } from './settings.ts';

/** `service` connections carry the service account; `check` connections carry whoever was checked last, and only ever bind. */
export type Purpose = 'service' | 'check';

/** Open connections of one purpose at one time: a slow directory must not be drowned. */
const MOST_OPEN = 10;
const IDLE_MS = 20_000;
/** For so long a server that failed is asked last. */
const AVOIDED_MS = 30_000;

export interface Pool {
  /** Lends a connection. Another server, or a fresh connection, is tried when this one turns out to be gone. @throws ConnectorError */
  run<T>(purpose: Purpose, call: Call, use: (session: Session, wait: Wait) => Promise<T>): Promise<T>;
  /** Lends one connection for longer; whoever takes it gives it back. @throws ConnectorError */
  borrow(purpose: Purpose, call: Call): Promise<Lease>;
  close(): void;
}

export interface Lease {
  readonly session: Session;
  readonly wait: Wait;
  readonly server: Server;
  readonly reused: boolean;
  give_back(): void;
}

export function make_pool(config: LdapConfig, tools: Pick<Tools, 'resolve' | 'now' | 'log'>): Pool {
  const idle: Record<Purpose, { session: Session; server: Server }[]> = { service: [], check: [] };
  const open: Record<Purpose, number> = { service: 0, check: 0 };
  const waiting: Record<Purpose, (() => void)[]> = { service: [], check: [] };
  const avoided = new Map<Server, number>();
  const leased = new Set<Session>();
  let closed = false;

  const connect = async (purpose: Purpose, server: Server, wait: Wait, call: Call): Promise<Session> => {
    const { socket } = await dial(server, config, tools, wait);
    const session = open_session(socket);
    if (purpose === 'check' || config.service === undefined) return session;
    try {
      await bind_service(session, config.service, wait);
      return session;
    } catch (error) {
      session.close();
      note_misconfigured('service_account', error, call);
      throw error;
    }
  };
  const dial_any = async (purpose: Purpose, call: Call, wait: Wait): Promise<{ session: Session; server: Server }> => {
    const failures: ConnectorError[] = [];
    for (const server of in_order(config.servers, avoided, tools.now())) {
      try {
        return { session: await connect(purpose, server, wait, call), server };
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error;
        failures.push(error);
        // another server would say the same
        if (error.reason === 'misconfigured') break;
        avoided.set(server, tools.now() + AVOIDED_MS);
        call.check({
          name: 'connect',
          ok: false,
          detail: error.message.startsWith(server.url) ? error.message : `${server.url}: ${error.message}`,
          ...(error.fix !== undefined && { fix: error.fix }),
        });
        tools.log('warn', 'a directory server cannot be used', { server: server.url, reason: error.reason, detail: error.message });
        if (wait.signal.aborted) break;
      }
    }
    // what has to be mended comes before what may pass
    const [worst] = (['misconfigured', 'untrusted', 'malformed'] as const).flatMap((reason) =>
      failures.filter((one) => one.reason === reason),
    );
    throw worst ?? failures[0] ?? timed_out();
  };
  const rested = (purpose: Purpose): { session: Session; server: Server } | undefined => {
    for (let one = idle[purpose].pop(); one !== undefined; one = idle[purpose].pop()) if (one.session.alive) return one;
    return undefined;
  };
  const leave = (purpose: Purpose): void => {
    // the place goes to whoever waits
    const next = waiting[purpose].shift();
    if (next === undefined) open[purpose]--;
    else next();
  };
  const borrow = async (purpose: Purpose, call: Call): Promise<Lease> => {
    const wait = { signal: call.signal, timeout_ms: config.timeout_ms };
    if (open[purpose] >= MOST_OPEN) await turn(waiting[purpose], call.signal);
    else open[purpose]++;
    try {
      const resting = rested(purpose);
      const { session, server } = resting ?? (await dial_any(purpose, call, wait));
      leased.add(session);
      const give_back = (): void => {
        if (!leased.delete(session)) return;
        if (session.alive && !closed) {
          session.rest(IDLE_MS);
          idle[purpose].push({ session, server });
        } else session.close();
        leave(purpose);
      };
      return { session, wait, server, reused: resting !== undefined, give_back };
    } catch (error) {
      leave(purpose);
      throw error;
    }
  };

  return {
    borrow,
    async run(purpose, call, use) {
      for (let tries = config.servers.length; ; tries--) {
        const { session, wait, server, reused, give_back } = await borrow(purpose, call);
        try {
          return await use(session, wait);
        } catch (error) {
          if (!(error instanceof Unavailable)) throw error;
          // it may have answered that it is busy
          session.close();
          if (tries <= 0 || call.signal.aborted) throw error;
          // an idle connection that was cut says nothing about its server, but something about the others that were idle
          if (!reused) avoided.set(server, tools.now() + AVOIDED_MS);
          else for (const one of idle[purpose].splice(0)) one.session.close();
          call.check({ name: 'connect', ok: false, detail: `${server.url}: ${error.message}; trying again` });
        } finally {
          give_back();
        }
      }
    },
    close() {
      closed = true;
      for (const session of [...idle.service, ...idle.check].map((one) => one.session).concat([...leased])) session.close();
      idle.service = [];
      idle.check = [];
    },
  };
}

/** @throws ConnectorError misconfigured when the directory does not take it */
export async function bind_service(session: Session, service: NonNullable<LdapConfig['service']>, wait: Wait): Promise<void> {
  const { result } = await session.bind(service.dn, service.password, wait);
  if (result.code === SUCCESS) return;
  const fault = fault_of(result, 'service account');
  if (result.code !== INVALID_CREDENTIALS) throw fault;
  throw new ConnectorError('misconfigured', fault.message, {
    fix: 'Check `bind_dn` and `bind_password`, and whether the account is locked or its password expired.',
  });
}

/** As the settings say, those that failed a moment ago last. */
function in_order(servers: readonly Server[], avoided: ReadonlyMap<Server, number>, now: number): Server[] {
  const bad = (server: Server): boolean => (avoided.get(server) ?? 0) > now;
  return [...servers.filter((server) => !bad(server)), ...servers.filter(bad)];
}

function turn(waiting: (() => void)[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const come = (): void => {
      signal.removeEventListener('abort', leave);
      resolve();
    };
    const leave = (): void => {
      waiting.splice(waiting.indexOf(come), 1);
      reject(timed_out());
    };
    if (signal.aborted) return reject(timed_out());
    signal.addEventListener('abort', leave, { once: true });
    waiting.push(come);
  });
}
