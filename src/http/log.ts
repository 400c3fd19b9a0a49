import pino, { type DestinationStream, type Logger } from 'pino';
import { is_secret_name, PosternError } from '../kernel/index.ts';

const MASK = '***';
const MAX_DEPTH = 8;

/** Secret in the protocols, though the name does not say so. */
const PROTOCOL_FIELDS = new Set([
  'code',
  'code_verifier',
  'samlresponse',
  'samlrequest',
  'relaystate',
  'state',
  'nonce',
  'user_code',
  'device_code',
]);

/** JSON lines. Requests are logged by path, never with their query; errors with their causes, never with what the browser sent. */
export function make_log(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      formatters: { log: (fields) => masked_fields(fields, 0) },
    },
    destination ?? pino.destination({ fd: 1, sync: false }),
  );
}

/** Fields for the log, at any depth: nothing under a secret's name, errors described, people's addresses left out. */
function masked_fields(fields: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]: [string, unknown]) => [
      name,
      is_secret_field(name) ? hidden(value) : masked(value, depth + 1),
    ]),
  );
}

function masked(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return masked_text(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return describe_error(value);
  if (depth > MAX_DEPTH) return MASK;
  if (Array.isArray(value)) return value.slice(0, 100).map((item: unknown) => masked(item, depth + 1));
  // a buffer, a request, a socket: nobody knows what is in it
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? masked_fields(value, depth) : `(${value.constructor.name})`;
}

const is_secret_field = (name: string): boolean => PROTOCOL_FIELDS.has(name.toLowerCase()) || is_secret_name(name);

/** Numbers and booleans are no secrets: an exit code stays. */
const hidden = (value: unknown): unknown =>
  value === null || value === undefined || typeof value === 'boolean' || typeof value === 'number' ? value : MASK;

const JWT = /(?<![\w-])eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g;
const PRIVATE_PEM = /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/;
/** Bounded: a long line costs no more than its length. */
const EMAIL = /[^\s@<>"'(),;:[\]/=]{1,256}@[^\s@<>"'(),;:[\]/]+\.[^\s@<>"'(),;:[\]/]+/g;

const masked_text = (text: string): string => (PRIVATE_PEM.test(text) ? MASK : text.slice(0, 4000).replace(JWT, MASK).replace(EMAIL, MASK));

interface DescribedError {
  readonly name: string;
  readonly message: string;
  readonly code?: string | number;
  readonly detail?: string;
  readonly stack?: string;
  readonly cause?: DescribedError;
}

/** An error for the log: what it is and where, with its causes. A field of another kind could carry a secret and stays out. */
function describe_error(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { name: 'not an error', message: typeof error };
  const { name, cause } = error;
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    name,
    // parsers repeat their input
    message: error instanceof SyntaxError ? 'what was given cannot be parsed' : masked_text(error.message),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    // ours only: a database driver's detail has values in it
    ...(error instanceof PosternError && error.detail !== undefined && { detail: masked_text(error.detail) }),
    ...(depth === 0 && { stack: frames_of(error) }),
    ...(cause !== undefined && depth < 4 && { cause: describe_error(cause, depth + 1) }),
  };
}

/** The path of a request for the log: what follows `/setup/` is a secret. */
export const logged_path = (path: string): string => path.slice(0, 500).replace(/^(\/+setup\/+)[^/]+/, `$1${MASK}`);

/** Where it was, without the message that the engine puts before it. */
const frames_of = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .join('\n');
