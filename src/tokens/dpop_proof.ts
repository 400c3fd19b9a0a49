import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose';
import { errors, type KoaContextWithOIDC, type Provider } from 'oidc-provider';
import type { IssuerDeps } from './issuer_deps.ts';

export const DPOP_ALGS = ['ES256', 'EdDSA', 'PS256'] as const;

const MAX_AGE_SECONDS = 300;

/** The key that a token request proves (RFC 9449 section 4.3), for a grant type that oidc-provider does not know; undefined when it proves none. @throws errors.InvalidDpopProof */
export async function dpop_thumbprint(
  provider: Provider,
  { now }: Pick<IssuerDeps, 'now'>,
  ctx: KoaContextWithOIDC,
): Promise<string | undefined> {
  const proof = ctx.get('dpop');
  const client_id = ctx.oidc.client?.clientId;
  if (proof === '' || client_id === undefined) return undefined;
  const { payload, jwk } = await read(proof, now());
  if (payload['htm'] !== ctx.method || payload['htu'] !== ctx.oidc.urlFor('token') || typeof payload['jti'] !== 'string') throw invalid();
  const until = Math.floor(now() / 1000) + MAX_AGE_SECONDS;
  if (!(await replay_detection(provider).unique(client_id, payload['jti'], until)))
    throw new errors.InvalidGrant('DPoP proof JWT Replay detected');
  return calculateJwkThumbprint(jwk);
}

async function read(proof: string, now: number) {
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: [...DPOP_ALGS],
      maxTokenAge: MAX_AGE_SECONDS,
      clockTolerance: 5,
      currentDate: new Date(now),
    });
    if (protectedHeader.jwk === undefined) throw invalid();
    return { payload, jwk: protectedHeader.jwk };
  } catch {
    throw invalid();
  }
}

const invalid = (): Error => new errors.InvalidDpopProof('invalid DPoP key binding');

const replay_detection = (provider: Provider) =>
  (provider as unknown as { ReplayDetection: { unique(client_id: string, jti: string, until: number): Promise<boolean> } }).ReplayDetection; // a class that the types leave out
