import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { ask_session, type ConsoleSession } from './session.ts';

type CreationOptions = Parameters<typeof startRegistration>[0]['optionsJSON'];
type RequestOptions = Parameters<typeof startAuthentication>[0]['optionsJSON'];

export interface Enrolled {
  readonly session: ConsoleSession;
  readonly recovery_codes: readonly string[] | null;
}

export const passkeys_work = (): boolean => browserSupportsWebAuthn();

/** @throws Problem | Error when the person gave up at the browser's own window */
export async function show_passkey(csrf: string): Promise<ConsoleSession> {
  const options = await ask_session<RequestOptions>('POST', '/passkey/options', {}, csrf);
  const response = await startAuthentication({ optionsJSON: options });
  return ask_session('POST', '/passkey', { response }, csrf);
}

/** The same for one that is new. */
export async function add_passkey(name: string, csrf: string): Promise<Enrolled> {
  const options = await ask_session<CreationOptions>('POST', '/second-factors/passkey/options', {}, csrf);
  const response = await startRegistration({ optionsJSON: options });
  return ask_session<Enrolled>('POST', '/second-factors/passkey', { name, response }, csrf);
}
