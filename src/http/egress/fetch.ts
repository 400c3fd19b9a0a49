import { setImmediate } from 'node:timers/promises';
import { errors } from 'undici';
import { ConnectorError, type FetchRequest, type FetchResult, type Tools } from '../../../connectors/connector.ts';
import type { Connections } from './connections.ts';
import { type Host, host_of, parse_url } from './host.ts';
import { ACCEPTED_CODINGS, NotReadable, read_body, TooLarge } from './read_body.ts';
import type { Place } from './resolve.ts';

const MAX_BYTES = 1024 * 1024;
const TIMEOUT_MS = 5000;

export interface FetchDeps {
  readonly resolve: (host: Host) => Promise<Place>;
  readonly connections: Connections;
}

/** One request: judged, resolved once, sent to an address that was checked, read within limits. A redirect is an answer like any other: nobody follows it. */
export function make_fetch({ resolve, connections }: FetchDeps): Tools['fetch'] {
  return async (address, request = {}) => {
    const url = parse_url(address);
    const signal = deadline(request);
    try {
      const place = await within(signal, resolve(host_of(url)));
      if (url.protocol === 'http:' && !place.private) {
        throw new ConnectorError('misconfigured', `${url.host} must be reached by https`, {
          fix: 'Use https; plain http is for networks listed in POSTERN_ALLOW_PRIVATE_NETWORKS.',
        });
      }
      return await send(connections, url, place, request, signal);
    } catch (error) {
      throw as_fault(error, url.host, signal);
    }
  };
}

/** One deadline for everything: resolving, connecting, sending, every byte of the answer. */
function deadline({ timeout_ms = TIMEOUT_MS, signal }: FetchRequest): AbortSignal {
  const own = AbortSignal.timeout(timeout_ms);
  return signal === undefined ? own : AbortSignal.any([own, signal]);
}

/** Names that the client itself decides. */
const OURS = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'expect',
  'upgrade',
  'keep-alive',
  'te',
]);

async function send(connections: Connections, url: URL, place: Place, request: FetchRequest, signal: AbortSignal): Promise<FetchResult> {
  const given = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  const answer = await connections.to(url.origin, place.addresses).request({
    path: url.pathname + url.search,
    method: request.method ?? 'GET',
    headers: {
      'user-agent': 'Postern',
      ...Object.fromEntries(given.filter(([name]) => !OURS.has(name))),
      'accept-encoding': ACCEPTED_CODINGS,
    },
    body: request.body ?? null,
    signal,
  });
  const headers = plain_headers(answer.headers);
  const max_bytes = request.max_bytes ?? MAX_BYTES;
  try {
    if (Number(headers['content-length'] ?? 0) > max_bytes) throw new TooLarge();
    const body = await read_body(answer.body, headers['content-encoding'] ?? '', max_bytes, signal);
    // the client frees the connection a moment after the body has ended: a request before that would open another
    await setImmediate();
    // of the body as it was sent, which is not the one that is handed on
    const { 'content-encoding': _coding, 'content-length': _length, 'transfer-encoding': _transfer, ...others } = headers;
    return { status: answer.statusCode, headers: others, body };
  } catch (error) {
    answer.body.on('error', () => {}).destroy();
    throw error;
  }
}

const plain_headers = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );

async function within<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(signal.reason);
    signal.addEventListener('abort', ended, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', ended));
  });
}

/** What went wrong, for operators. Nothing of what the other side sent, and no error of the client beneath, which may hold it. */
function as_fault(error: unknown, host: string, signal: AbortSignal): unknown {
  if (error instanceof ConnectorError) return error;
  if (error instanceof TooLarge) return new ConnectorError('malformed', `${host} answered with more than is accepted`);
  if (error instanceof NotReadable) return new ConnectorError('malformed', `${host} answered in a coding that was not offered`);
  if (signal.aborted) return new ConnectorError('timed_out', `${host} did not answer in time`);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return new ConnectorError('timed_out', `${host} could not be reached in time`);
  if (/^Z_|^ERR__ERROR|^ERR_BROTLI/.test(code)) return new ConnectorError('malformed', `${host} answered with a damaged body`);
  if (error instanceof errors.HTTPParserError || /^HPE_|^UND_ERR_(HEADERS_OVERFLOW|RES)/.test(code))
    return new ConnectorError('malformed', `${host} does not answer as HTTP`);
  if (code === 'UND_ERR_INVALID_ARG') return new ConnectorError('misconfigured', `what is to be sent to ${host} is no HTTP request`);
  if (is_tls(code)) {
    return new ConnectorError('unreachable', `${host}: the TLS connection was refused (${code})`, {
      fix: 'The partner must show a valid certificate for this name, with its chain, and speak TLS 1.2 or later.',
    });
  }
  return new ConnectorError('unreachable', `${host} cannot be reached${code === '' ? '' : ` (${code})`}`);
}

const is_tls = (code: string): boolean =>
  /CERT|SELF_SIGNED|UNABLE_TO_|^ERR_TLS|^ERR_SSL|^EPROTO$|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|CRL/.test(code);
