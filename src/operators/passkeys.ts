import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { hash_token, InvalidInput, new_id } from '../kernel/index.ts';
import type { SecondFactorRow } from '../storage/index.ts';

/** A factor that was shown, and what its counter becomes by that. */
export interface FactorUse {
  readonly row: SecondFactorRow;
  readonly counter: number;
}

/** Passkeys (Web Authentication level 3), bound to the host of the issuer. */
export interface Passkeys {
  creation_options(
    key: { readonly id: string; readonly name: string },
    known: readonly SecondFactorRow[],
  ): Promise<PublicKeyCredentialCreationOptionsJSON>;
  request_options(known: readonly SecondFactorRow[]): Promise<PublicKeyCredentialRequestOptionsJSON>;
  /** The passkey that answered the challenge, as a row that is not confirmed yet. @throws InvalidInput */
  read_new(response: unknown, challenge: string, about: { readonly admin_key_id: string; readonly name: string }): Promise<SecondFactorRow>;
  /** Which of these answered the challenge, and the counter that it says. */
  prove(known: readonly SecondFactorRow[], response: unknown, challenge: string): Promise<FactorUse | undefined>;
}

export function make_passkeys({ now, issuer_url }: { readonly now: () => number; readonly issuer_url: string }): Passkeys {
  const rp_id = new URL(issuer_url).hostname;
  const expected = { expectedOrigin: issuer_url, expectedRPID: rp_id, requireUserVerification: true };
  return {
    creation_options: (key, known) =>
      generateRegistrationOptions({
        ...{ rpName: 'Postern', rpID: rp_id, userName: key.name, userDisplayName: key.name },
        // one account at the authenticator for each key
        userID: new Uint8Array(Buffer.from(hash_token(`console\n${key.id}`), 'base64url')),
        excludeCredentials: credentials(known),
        supportedAlgorithmIDs: ALGORITHMS,
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      }),
    request_options: (known) =>
      generateAuthenticationOptions({ rpID: rp_id, allowCredentials: credentials(known), userVerification: 'required' }),
    async read_new(response, challenge, { admin_key_id, name }) {
      const given = response as RegistrationResponseJSON; // whatever it is: verified in there
      const result = await verifyRegistrationResponse({
        ...expected,
        response: given,
        expectedChallenge: challenge,
        supportedAlgorithmIDs: ALGORITHMS,
      }).catch(no);
      if (result?.verified !== true)
        throw new InvalidInput('passkey_invalid', 'This passkey could not be verified. Try again.', { status: 422 });
      const { id, publicKey, counter, transports } = result.registrationInfo.credential;
      return {
        ...{ id: new_id('fac'), admin_key_id, name, kind: 'passkey', sealed_secret: null },
        ...{ credential_id: id, public_key: Buffer.from(publicKey).toString('base64url'), transports: transports ?? null, counter },
        ...{ confirmed_at: null, last_used_at: null, created_at: now() },
      };
    },
    async prove(known, response, challenge) {
      const id = typeof response === 'object' && response !== null && 'id' in response ? response.id : undefined;
      const row = known.find(({ credential_id }) => credential_id !== null && credential_id === id);
      if (row?.public_key === null || row === undefined) return undefined;
      const credential = {
        ...{ id: row.credential_id ?? '', counter: row.counter },
        publicKey: new Uint8Array(Buffer.from(row.public_key, 'base64url')),
      };
      const result = await verifyAuthenticationResponse({
        ...{ ...expected, credential, expectedChallenge: challenge },
        response: response as AuthenticationResponseJSON, // as above
      }).catch(no);
      if (result?.verified !== true) return undefined;
      return { row, counter: result.authenticationInfo.newCounter };
    },
  };
}

/** Ed25519, ES256, RS256 (RFC 9053): what every authenticator and every Node knows. */
const ALGORITHMS = [-8, -7, -257];

const no = (): undefined => undefined;

const credentials = (known: readonly SecondFactorRow[]): { id: string; transports?: never[] }[] =>
  known.flatMap(
    ({ credential_id, transports }) =>
      credential_id === null ? [] : [{ id: credential_id, ...(transports !== null && { transports: transports as never[] }) }], // as the browser named them
  );
