import type { Socket } from 'node:net';
import { BindRequest, type Control, ExtendedRequest, type Message, PagedResultsControl, SearchRequest, UnbindRequest } from 'ldapts';
import { ConnectorError } from '../connector.ts';
import { BrokenMessage } from './ber.ts';
import { type Answer, type Controls, cookie_of, decode } from './decode.ts';
import type { Entry } from './entry.ts';
import { type Result, Unavailable } from './failure.ts';
import { EncodedFilter, type Filter } from './filter.ts';
import { make_frame_reader } from './frame.ts';

/** Bytes and entries of all answers to one request. */
const MOST_BYTES = 32 * 1024 * 1024;

export interface Search {
  readonly base: string;
  readonly scope: 'base' | 'sub';
  readonly filter: Filter;
  readonly attributes: readonly string[];
  readonly size_limit?: number;
  readonly page?: { readonly size: number; readonly cookie: Buffer | undefined };
}

export interface Found {
  readonly result: Result;
  readonly entries: readonly Entry[];
  /** How many other servers were named. They are never asked. */
  readonly references: number;
  /** Goes on from here; undefined on the last page. */
  readonly cookie: Buffer | undefined;
}

/**
 * One connection, for life: it never connects again by itself, so it cannot fall back to another identity or to clear text (as ldapts' own client does).
 * One request at a time. After anything but a proper answer it is dead.
 */
export interface Session {
  readonly alive: boolean;
  /** Simple bind, with what the answer says beside its result. */
  bind(
    dn: string,
    password: string,
    wait: Wait,
    controls?: readonly Control[],
  ): Promise<{ readonly result: Result; readonly controls: Controls }>;
  search(search: Search, wait: Wait): Promise<Found>;
  extended(oid: string, wait: Wait): Promise<Result>;
  /** Hands the socket back, with nothing of it read ahead. @throws ConnectorError malformed when there is more */
  detach(): void;
  /** Idle sessions do not hold the process up. */
  rest(idle_ms: number): void;
  close(): void;
}

/** How long an answer is waited for. */
export interface Wait {
  readonly signal: AbortSignal;
  readonly timeout_ms: number;
}

type Final = Extract<Answer, { result: Result }>;

interface InFlight {
  readonly id: number;
  readonly kind: Final['kind'];
  readonly entries: Entry[];
  references: number;
  bytes: number;
  resolve(answer: Final): void;
  reject(error: ConnectorError): void;
}

/** Speaks LDAP over a socket that is already connected and, where demanded, encrypted. */
export function open_session(socket: Socket): Session {
  const frames = make_frame_reader();
  let last_id = 0;
  let in_flight: InFlight | undefined;
  let dead: ConnectorError | undefined;

  const die = (error: ConnectorError): void => {
    if (dead !== undefined) return;
    dead = error;
    socket.destroy();
    in_flight?.reject(error);
    in_flight = undefined;
  };
  const malformed = (message: string, cause?: unknown): void =>
    die(new ConnectorError('malformed', `the directory’s answer cannot be read: ${message}`, { cause }));
  const take = (answer: Answer): void => {
    const asked = in_flight;
    // a notice of disconnection has the id 0 (RFC 4511 section 4.4.1)
    if (answer.id === 0) return die(new Unavailable('the directory ended the connection'));
    if (asked === undefined || answer.id !== asked.id) return malformed('it answers what was not asked');
    if (answer.kind === 'entry' && asked.kind === 'search') return void asked.entries.push(answer.entry);
    if (answer.kind === 'reference' && asked.kind === 'search') return void (asked.references += answer.count);
    if (answer.kind === 'entry' || answer.kind === 'reference' || answer.kind !== asked.kind)
      return malformed('it is of another kind than the request');
    in_flight = undefined;
    asked.resolve(answer);
  };
  const on_data = (chunk: Buffer): void => {
    if (in_flight !== undefined && (in_flight.bytes += chunk.length) > MOST_BYTES) return malformed('it is too large');
    try {
      for (const frame of frames.push(chunk)) {
        if (dead !== undefined) return;
        take(decode(frame));
      }
    } catch (error) {
      malformed(error instanceof BrokenMessage ? error.message : 'unknown', error);
    }
  };
  const on_error = (error: Error): void => die(new Unavailable('the connection to the directory broke', { cause: error }));
  const on_close = (): void => die(new Unavailable('the directory closed the connection'));
  const on_idle = (): void => die(new Unavailable('the connection was idle'));

  socket.on('data', on_data).on('error', on_error).on('close', on_close).on('end', on_close).on('timeout', on_idle);

  const ask = async (request: Message, kind: Final['kind'], wait: Wait): Promise<{ answer: Final; asked: InFlight }> => {
    if (dead !== undefined) throw dead;
    if (in_flight !== undefined) throw new ConnectorError('misconfigured', 'one request at a time goes over a connection');
    if (wait.signal.aborted) throw timed_out();
    const { promise, resolve, reject } = Promise.withResolvers<Final>();
    const asked: InFlight = { id: request.messageId, kind, entries: [], references: 0, bytes: 0, resolve, reject };
    const give_up = (): void => die(timed_out());
    const timer = setTimeout(give_up, wait.timeout_ms);
    wait.signal.addEventListener('abort', give_up, { once: true });
    try {
      in_flight = asked;
      socket.setTimeout(0);
      socket.ref();
      socket.write(request.write());
      return { answer: await promise, asked };
    } finally {
      clearTimeout(timer);
      wait.signal.removeEventListener('abort', give_up);
    }
  };
  const next_id = (): number => ++last_id;

  return {
    get alive() {
      return dead === undefined && in_flight === undefined;
    },
    async bind(dn, password, wait, controls = []) {
      const { answer } = await ask(new BindRequest({ messageId: next_id(), dn, password, controls: [...controls] }), 'bind', wait);
      return { result: answer.result, controls: answer.controls };
    },
    async search(search, wait) {
      const page = search.page && { size: search.page.size, ...(search.page.cookie && { cookie: search.page.cookie }) };
      const request = new SearchRequest({
        messageId: next_id(),
        baseDN: search.base,
        scope: search.scope,
        filter: new EncodedFilter(search.filter),
        attributes: [...search.attributes],
        derefAliases: 'never',
        sizeLimit: search.size_limit ?? 0,
        timeLimit: Math.max(1, Math.ceil(wait.timeout_ms / 1000)),
        ...(page && { controls: [new PagedResultsControl({ value: page })] }),
      });
      const { answer, asked } = await ask(request, 'search', wait);
      return {
        result: answer.result,
        entries: asked.entries,
        references: asked.references,
        cookie: as_malformed(() => cookie_of(answer.controls)),
      };
    },
    async extended(oid, wait) {
      const { answer } = await ask(new ExtendedRequest({ messageId: next_id(), oid }), 'extended', wait);
      return answer.result;
    },
    detach() {
      // what comes before TLS is not protected by it and must not be read as if it were
      if (frames.pending > 0) malformed('there is more before encryption begins');
      if (dead !== undefined) throw dead;
      socket.off('data', on_data).off('error', on_error).off('close', on_close).off('end', on_close).off('timeout', on_idle);
    },
    rest(idle_ms) {
      socket.setTimeout(idle_ms);
      socket.unref();
    },
    close() {
      if (dead !== undefined) return;
      dead = new Unavailable('the connection was closed');
      socket.end(new UnbindRequest({ messageId: next_id() }).write());
      socket.destroySoon();
      in_flight?.reject(dead);
      in_flight = undefined;
    },
  };
}

export const timed_out = (): ConnectorError => new ConnectorError('timed_out', 'the directory did not answer in time');

/** Reads a part of an answer that came whole. @throws ConnectorError malformed */
export function as_malformed<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof BrokenMessage)) throw cause;
    throw new ConnectorError('malformed', `the directory’s answer cannot be read: ${cause.message}`, { cause });
  }
}
