import { errors } from 'oidc-provider';

/** What an app is told when an inline hook lets it have no tokens, or could not be asked. */
export const token_refusal = (action: 'deny' | 'wait' | 'failed', message: string | undefined, detail: string): Error =>
  action === 'deny'
    ? new errors.AccessDenied(printable(message) ?? 'the vendor refused', detail)
    : new errors.TemporarilyUnavailable(action === 'wait' ? (printable(message) ?? 'try again later') : 'try again later', detail);

/** RFC 6749 section 5.2: what an error_description may contain. */
const printable = (text: string | undefined): string | undefined => text?.replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?');
