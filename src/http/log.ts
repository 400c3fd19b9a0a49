import pino, { type DestinationStream, type Logger } from 'pino';

/** Field names whose values never reach a log, at the top or one level down. */
const SECRET_FIELDS = [
  'password',
  'bind_password',
  'client_secret',
  'secret',
  'token',
  'access_token',
  'refresh_token',
  'id_token',
  'logout_token',
  'code',
  'code_verifier',
  'assertion',
  'client_assertion',
  'SAMLResponse',
  'SAMLRequest',
  'RelayState',
  'authorization',
  'cookie',
  'key',
  'private_key',
  'private_key_pem',
];

/** JSON lines. Requests are logged by path, never with their query; errors with their cause, never with what the browser sent. */
export function make_log(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      redact: { paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`]), censor: '***' },
      serializers: { error: describe_error },
    },
    destination ?? pino.destination({ fd: 1, sync: false }),
  );
}

interface DescribedError {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly detail?: unknown;
  readonly stack?: string | undefined;
  readonly cause?: DescribedError;
}

/** An error for the log: what it is and where, with its causes; a field of another kind could carry a secret and stays out. */
export function describe_error(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { name: 'not an error', message: typeof error };
  const { name, message, stack } = error;
  return {
    name,
    message,
    ...('code' in error && { code: error.code }),
    ...('detail' in error && typeof error.detail === 'string' && { detail: error.detail }),
    ...(depth === 0 && { stack: stack?.split('\n').slice(1, 12).join('\n') }),
    ...(error.cause !== undefined && depth < 4 && { cause: describe_error(error.cause, depth + 1) }),
  };
}
