import type { Socket } from 'node:net';
import {
  BindRequest,
  BindResponse,
  type Control,
  ExtendedRequest,
  ExtendedResponse,
  type Message,
  MessageParser,
  type MessageResponse,
  PagedResultsControl,
  SearchEntry,
  SearchReference,
  SearchRequest,
  SearchResponse,
  UnbindRequest,
} from 'ldapts';
import { ConnectorError } from '../connector.ts';
import { type Entry, read_entry } from './entry.ts';
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
  /** Simple bind. `listeners` are filled from the answer's controls; those of `send` are also sent. */
  bind(dn: string, password: string, wait: Wait, controls?: { send: readonly Control[]; listeners: readonly Control[] }): Promise<Result>;
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

interface InFlight {
  readonly id: number;
  readonly controls: readonly Control[];
  readonly entries: Entry[];
  references: number;
  bytes: number;
  resolve(answer: MessageResponse): void;
  reject(error: ConnectorError): void;
}

/** Speaks LDAP over a socket that is already connected and, where demanded, encrypted. */
export function open_session(socket: Socket): Session {
  const frames = make_frame_reader();
  const parser = new MessageParser();
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
  const on_data = (chunk: Buffer): void => {
    if (in_flight !== undefined && (in_flight.bytes += chunk.length) > MOST_BYTES) return malformed('it is too large');
    try {
      for (const frame of frames.push(chunk)) {
        if (dead !== undefined) return;
        parser.read(frame, new Map(in_flight && [[String(in_flight.id), { message: as_asked(in_flight) }]]));
      }
    } catch (error) {
      malformed(error instanceof Error ? error.message : 'unknown', error);
    }
  };
  const on_error = (error: Error): void => die(new Unavailable('the connection to the directory broke', { cause: error }));
  const on_close = (): void => die(new Unavailable('the directory closed the connection'));
  const on_idle = (): void => die(new Unavailable('the connection was idle'));

  parser.on('error', (error) => malformed(error.message, error));
  parser.on('message', (message) => {
    const asked = in_flight;
    // a notice of disconnection has the id 0 (RFC 4511 section 4.4.1)
    if (message.messageId === 0) return die(new Unavailable('the directory ended the connection'));
    if (asked === undefined || message.messageId !== asked.id) return malformed('it answers what was not asked');
    if (message instanceof SearchEntry) return void asked.entries.push(read_entry(message));
    if (message instanceof SearchReference) return void (asked.references += message.uris.length);
    in_flight = undefined;
    asked.resolve(message);
  });
  socket.on('data', on_data).on('error', on_error).on('close', on_close).on('end', on_close).on('timeout', on_idle);

  const ask = async <Answer extends MessageResponse>(
    request: Message,
    expected: new (options: { messageId: number }) => Answer,
    wait: Wait,
    listeners: readonly Control[] = [],
  ): Promise<{ answer: Answer; asked: InFlight }> => {
    if (dead !== undefined) throw dead;
    if (in_flight !== undefined) throw new ConnectorError('misconfigured', 'one request at a time goes over a connection');
    if (wait.signal.aborted) throw timed_out();
    let asked: InFlight | undefined;
    let timer: NodeJS.Timeout | undefined;
    const give_up = (): void => die(timed_out());
    try {
      const answer = await new Promise<MessageResponse>((resolve, reject) => {
        asked = {
          id: request.messageId,
          controls: [...(request.controls ?? []), ...listeners],
          entries: [],
          references: 0,
          bytes: 0,
          resolve,
          reject,
        };
        in_flight = asked;
        timer = setTimeout(give_up, wait.timeout_ms);
        wait.signal.addEventListener('abort', give_up, { once: true });
        socket.setTimeout(0);
        socket.ref();
        socket.write(request.write());
      });
      if (!(answer instanceof expected) || asked === undefined) {
        malformed('it is of another kind than the request');
        throw dead ?? timed_out();
      }
      return { answer, asked };
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
    async bind(dn, password, wait, controls = { send: [], listeners: [] }) {
      const request = new BindRequest({ messageId: next_id(), dn, password, controls: [...controls.send] });
      const { answer } = await ask(request, BindResponse, wait, controls.listeners);
      return result_of(answer);
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
      const { answer, asked } = await ask(request, SearchResponse, wait);
      const paging = answer.controls?.find((control) => control instanceof PagedResultsControl);
      const cookie = paging?.value?.cookie;
      return {
        result: result_of(answer),
        entries: asked.entries,
        references: asked.references,
        cookie: cookie === undefined || cookie.length === 0 ? undefined : Buffer.from(cookie),
      };
    },
    async extended(oid, wait) {
      const { answer } = await ask(new ExtendedRequest({ messageId: next_id(), oid }), ExtendedResponse, wait);
      return result_of(answer);
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

const result_of = (answer: MessageResponse): Result => ({ code: answer.status, message: answer.errorMessage });

/** What ldapts' parser looks at: the controls that answers are read into. */
const as_asked = (asked: InFlight): Message => {
  const message = new UnbindRequest({ messageId: asked.id });
  message.controls = [...asked.controls];
  return message;
};
