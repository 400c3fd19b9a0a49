import type { SetSigner, TransmitterDeps } from './deps.ts';
import { SET_TYPE } from './vocabulary.ts';

/** What waits in the outbox: signed when it leaves, so that its key is one that is published then. Its id there is its `jti`. */
export interface WaitingSet {
  readonly stream_id: string;
  readonly client_id: string;
  /** Seconds. */
  readonly iat: number;
  readonly sub_id: Readonly<Record<string, unknown>>;
  readonly events: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export type SignSet = (jti: string, waiting: WaitingSet) => Promise<string>;

/** A security event token (RFC 8417) as the framework profiles it: `sub_id` beside the events, neither `sub` nor `exp`. Keys are read once, for all that are signed with it. */
export async function make_sign_set(deps: Pick<TransmitterDeps, 'signers' | 'directory' | 'issuer_url'>): Promise<SignSet> {
  const signers = await deps.signers();
  return async (jti, { client_id, iat, sub_id, events }) => {
    const client = await deps.directory.registered_client(client_id);
    // FAPI 2.0 section 5.4.1: no RS256 for an app under it; everybody else can read RS256
    const alg = client?.metadata['profile'] === 'fapi2' ? 'ES256' : 'RS256';
    const signer = signers.find((one) => one.alg === alg);
    if (signer === undefined) throw new Error(`the issuer has no key for ${alg}`);
    return compact(signer, { iss: deps.issuer_url, jti, iat, aud: client_id, sub_id, events });
  };
}

async function compact(signer: SetSigner, claims: Readonly<Record<string, unknown>>): Promise<string> {
  const header = { alg: signer.alg, kid: signer.kid, typ: SET_TYPE };
  const signed = `${encoded(header)}.${encoded(claims)}`;
  return `${signed}.${Buffer.from(await signer.sign(Buffer.from(signed))).toString('base64url')}`;
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
