import { type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import { BerReader, BindRequest, ExtendedRequest, PasswordPolicyControl } from 'ldapts';
import type { Switches } from '../switches.ts';
import { answer_bind } from './bind.ts';
import type { Certificates } from './certificates.ts';
import { type AskedFilter, read_search } from './read_search.ts';
import { answer_search } from './search.ts';
import type { Flavour, MockEntry } from './tree.ts';
import { type Answer, make_request_reader, RESULT_OF, write_entry, write_result } from './wire.ts';

/** One request as it arrived, for tests that look at what was sent. */
export interface SeenRequest {
  readonly kind: 'bind' | 'search' | 'extended' | 'other';
  readonly encrypted: boolean;
  /** As whom the connection was bound when it arrived; undefined: as nobody. */
  readonly bound?: string;
  readonly dn?: string;
  readonly password?: string;
  readonly filter?: AskedFilter;
}

export interface Directory {
  readonly switches: Switches;
  readonly flavour: Flavour;
  readonly certificates: Certificates;
  readonly slow_ms: number;
  readonly anonymous_search: boolean;
  readonly seen: SeenRequest[];
  tree(): readonly MockEntry[];
}

/** Older requests are forgotten. */
const MOST_SEEN = 1000;
const START_TLS = '1.3.6.1.4.1.1466.20037';
const WHO_AM_I = '1.3.6.1.4.1.4203.1.11.3';

/** Talks with one client until it goes. */
export function serve_connection(raw: Socket, directory: Directory, encrypted: boolean): void {
  const { switches } = directory;
  raw.on('error', () => raw.destroy());
  if (switches.is_on('dead')) return void raw.destroy();
  if (switches.is_on('mute')) return void raw.resume();
  if (encrypted) converse(encrypt(raw, directory), directory, true);
  else converse(raw, directory, false);
}

function encrypt(raw: Socket, directory: Directory): TLSSocket {
  const socket = new TLSSocket(raw, { isServer: true, secureContext: shown_certificate(directory) });
  socket.on('error', () => socket.destroy());
  return socket;
}

function shown_certificate({ switches, certificates }: Directory): Certificates['good'] {
  if (switches.is_on('wrong_certificate')) return certificates.untrusted;
  if (switches.is_on('wrong_name')) return certificates.wrong_name;
  return switches.is_on('expired_certificate') ? certificates.expired : certificates.good;
}

function converse(socket: Socket, directory: Directory, encrypted: boolean): void {
  const { switches } = directory;
  const read = make_request_reader();
  let bound: MockEntry | 'anonymous' = 'anonymous';
  let turn = Promise.resolve();
  const shown = shown_certificate(directory);
  const send = async (...messages: readonly Buffer[]): Promise<void> => {
    if (switches.is_on('slow')) await sleep(directory.slow_ms, undefined, { ref: false });
    for (const message of messages) {
      if (socket.destroyed) return;
      if (switches.is_on('cuts_off')) {
        socket.end(message.subarray(0, Math.floor(message.length / 2)));
        return;
      }
      socket.write(message);
    }
  };
  const see = (request: SeenRequest): void => {
    directory.seen.push(request);
    if (directory.seen.length > MOST_SEEN) directory.seen.shift();
  };
  const handle = async (frame: Buffer): Promise<void> => {
    const reader = new BerReader(frame);
    reader.readSequence();
    const id = reader.readInt() ?? 0;
    const answer_id = switches.is_on('wrong_message_id') ? id + 1000 : id;
    const operation = reader.readSequence();
    const broken = misbehaviour(switches, id);
    if (broken !== undefined && operation === 0x63) return send(broken);
    const trouble = switches.is_on('busy') ? 51 : switches.is_on('unavailable') ? 52 : switches.is_on('other_error') ? 80 : undefined;
    if (operation === 0x60) {
      const request = new BindRequest({ messageId: id });
      request.parse(reader, [new PasswordPolicyControl()]);
      see({ kind: 'bind', encrypted, dn: request.dn, password: request.password });
      if (trouble !== undefined) return send(write_result(answer_id, { operation: RESULT_OF.bind, code: trouble }));
      // a bind ends what was there before, whatever comes of it (RFC 4511 section 4.2.1)
      bound = 'anonymous';
      const result = answer_bind(request, directory.tree(), directory.flavour, switches);
      bound = result.bound ?? 'anonymous';
      return send(write_result(answer_id, result.answer));
    }
    if (operation === 0x63) {
      const request = read_search(reader);
      see({
        kind: 'search',
        encrypted,
        dn: request.base,
        filter: request.filter,
        ...(bound !== 'anonymous' && { bound: bound.dn }),
      });
      if (trouble !== undefined) return send(write_result(answer_id, { operation: RESULT_OF.search, code: trouble }));
      if (switches.is_on('endless_entries')) return send_endlessly(socket, id);
      if (bound === 'anonymous' && !directory.anonymous_search) {
        const code = directory.flavour === 'active_directory' ? 1 : 50;
        return send(write_result(answer_id, { operation: RESULT_OF.search, code }));
      }
      return send(...answer_search(answer_id, request, directory.tree(), switches));
    }
    if (operation === 0x77) {
      const request = new ExtendedRequest({ messageId: id });
      request.parse(reader, []);
      see({ kind: 'extended', encrypted });
      const say = (answer: Omit<Answer, 'operation'>): Buffer => write_result(answer_id, { operation: RESULT_OF.extended, ...answer });
      if (request.oid === WHO_AM_I) return send(say({ value: bound === 'anonymous' ? '' : `dn:${bound.dn}` }));
      if (request.oid !== START_TLS || encrypted || switches.is_on('no_starttls')) return send(say({ code: 2, text: 'unsupported' }));
      const stuffed = switches.is_on('stuffed_starttls') ? [write_result(id + 1, { operation: RESULT_OF.bind })] : [];
      socket.removeAllListeners('data');
      // one write, so that what was slipped in arrives together
      await send(Buffer.concat([say({ oid: START_TLS }), ...stuffed]));
      if (switches.is_on('mute_after_starttls')) return void socket.resume();
      return converse(encrypt(socket, directory), directory, true);
    }
    // unbind has no answer, nor has abandon
    if (operation === 0x42) return void socket.end();
    see({ kind: 'other', encrypted });
  };
  socket.on('data', (chunk: Buffer) => {
    // another certificate since: whoever keeps connections open has to look at it as well
    if (encrypted && shown !== shown_certificate(directory)) return void socket.destroy();
    let frames: Buffer[];
    try {
      frames = read(chunk);
    } catch {
      return void socket.destroy();
    }
    for (const frame of frames) turn = turn.then(() => handle(frame)).catch(() => void socket.destroy());
  });
}

/** Messages that no directory sends. */
function misbehaviour(switches: Switches, id: number): Buffer | undefined {
  if (switches.is_on('oversized_message')) return Buffer.from('30847fffffff020101', 'hex');
  // an entry whose list of attributes says that it is longer than the message
  if (switches.is_on('lying_lengths'))
    return Buffer.from([0x30, 0x0b, 0x02, 0x01, id & 0x7f, 0x64, 0x06, 0x04, 0x00, 0x30, 0x7f, 0x30, 0x7f]);
  return undefined;
}

async function send_endlessly(socket: Socket, id: number): Promise<void> {
  const photo = [['jpegPhoto', [Buffer.alloc(900_000)]]] as const;
  let go_on = (): void => undefined;
  socket.on('drain', () => go_on()).once('close', () => go_on());
  for (let number = 0; !socket.destroyed; number++) {
    if (socket.write(write_entry(id, `cn=${number},dc=endless`, photo))) continue;
    await new Promise<void>((resolve) => {
      go_on = resolve;
    });
  }
}
