import { type Call, ConnectorError } from '../connector.ts';

/** The server did not do its work: gone, refusing connections, busy. Another one may. */
export class Unavailable extends ConnectorError {
  constructor(message: string, options?: { cause?: unknown; fix?: string }) {
    super('unreachable', message, options);
  }
}

/** What a directory answered (RFC 4511 section 4.1.9). `message` is the server's diagnostic text. */
export interface Result {
  readonly code: number;
  readonly message: string;
}

export const SUCCESS = 0;
export const SIZE_LIMIT_EXCEEDED = 4;
export const NO_SUCH_OBJECT = 32;
export const INVALID_CREDENTIALS = 49;

/** Names of the codes that are told to operators. */
const NAMES: Readonly<Record<number, string>> = {
  1: 'operationsError',
  2: 'protocolError',
  3: 'timeLimitExceeded',
  4: 'sizeLimitExceeded',
  7: 'authMethodNotSupported',
  8: 'strongerAuthRequired',
  10: 'referral',
  11: 'adminLimitExceeded',
  12: 'unavailableCriticalExtension',
  13: 'confidentialityRequired',
  18: 'inappropriateMatching',
  19: 'constraintViolation',
  21: 'invalidAttributeSyntax',
  32: 'noSuchObject',
  34: 'invalidDNSyntax',
  48: 'inappropriateAuthentication',
  49: 'invalidCredentials',
  50: 'insufficientAccessRights',
  51: 'busy',
  52: 'unavailable',
  53: 'unwillingToPerform',
  80: 'other',
};

/** "invalidCredentials (49)": the server's own text is not repeated, it may quote what was sent. */
export const name_of = ({ code }: Result): string => `${NAMES[code] ?? 'resultCode'} (${code})`;

/** The fault that an answer other than success is, whatever was asked for. */
export function fault_of(result: Result, while_doing: string): ConnectorError {
  const said = `${while_doing}: the directory answered ${name_of(result)}`;
  switch (result.code) {
    case 51:
    case 52:
      return new Unavailable(said);
    case 3:
      return new ConnectorError('timed_out', said, {
        fix: 'Ask the directory’s administrators for an index on the attributes of the filter.',
      });
    case 8:
    case 13:
      return new ConnectorError('misconfigured', said, { fix: 'The directory demands encryption: choose tls "ldaps" or "starttls".' });
    case 10:
      return new ConnectorError('misconfigured', said, {
        fix: 'This part lies on another server, and referrals are not followed: name that server in `urls`, or another `base_dn`.',
      });
    case 1:
    case 50:
      return new ConnectorError('misconfigured', said, {
        fix: 'The service account may not do this: give it the right to search, or set `bind_dn` and `bind_password`.',
      });
    case NO_SUCH_OBJECT:
      return new ConnectorError('misconfigured', said, {
        fix: 'This base does not exist, or the service account cannot see it: check `base_dn` and `group_base_dn`.',
      });
    case SIZE_LIMIT_EXCEEDED:
    case 11:
      return new ConnectorError('misconfigured', said, {
        fix: 'The directory limits how much it answers: raise the limit for the service account.',
      });
    default:
      return new ConnectorError('misconfigured', said);
  }
}

/** What has to be mended, as the check that it crosses; what may pass by itself is told by whoever tries again. */
export function note_misconfigured(name: string, error: unknown, call: Call): void {
  if (!(error instanceof ConnectorError) || error.reason !== 'misconfigured') return;
  call.check({ name, ok: false, detail: error.message, ...(error.fix !== undefined && { fix: error.fix }) });
}
