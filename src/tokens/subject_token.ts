import { type JWTHeaderParameters, jwtVerify } from 'jose';
import type { Provider } from 'oidc-provider';
import type { IssuerDeps } from './issuer_deps.ts';
import { SIGNING_ALGS } from './keys.ts';
import { type SignIn, sign_in_of_app } from './sign_in.ts';

/** An access token of ours, opaque or JWT, that somebody shows in order to get another. */
export interface Subject {
  readonly sign_in: SignIn;
  readonly sid: string;
  /** The app that it was issued to. */
  readonly client_id: string;
  readonly resource: string | undefined;
  readonly scopes: readonly string[];
  readonly act: Record<string, unknown> | undefined;
  /** What it is bound to: a key (RFC 9449), or a certificate (RFC 8705). */
  readonly jkt: string | undefined;
  readonly x5t: string | undefined;
  /** Epoch seconds. */
  readonly exp: number;
}

type Claims = Readonly<Record<string, unknown>>;

/** Undefined for what is no token of ours for a person, or not in force any more. */
export async function read_subject(provider: Provider, deps: IssuerDeps, value: string): Promise<Subject | undefined> {
  const claims = value.split('.').length === 3 ? await signed(deps, value) : await kept(provider, value);
  if (claims === undefined) return undefined;
  const { sub, client_id, sid, exp } = claims;
  if (typeof sub !== 'string' || typeof client_id !== 'string' || typeof sid !== 'string' || typeof exp !== 'number') return undefined;
  const sign_in = await sign_in_of_app(deps.storage, { client_id, user_id: sub, sid });
  if (sign_in === undefined || sign_in.org_id !== claims['org_id']) return undefined;
  const { act, aud, cnf, scope } = claims;
  return {
    ...{ sign_in, sid, client_id, exp },
    resource: typeof aud === 'string' ? aud : undefined,
    scopes: typeof scope === 'string' ? scope.split(' ') : [],
    act: is_object(act) ? act : undefined,
    jkt: is_object(cnf) && typeof cnf['jkt'] === 'string' ? cnf['jkt'] : undefined,
    x5t: is_object(cnf) && typeof cnf['x5t#S256'] === 'string' ? cnf['x5t#S256'] : undefined,
  };
}

/** A JWT access token (RFC 9068 section 4). */
async function signed({ keys, issuer, now }: IssuerDeps, value: string): Promise<Claims | undefined> {
  try {
    const signers = new Map((await keys.signers()).map((signer) => [signer.kid, signer]));
    const options = { issuer, typ: 'at+jwt', algorithms: [...SIGNING_ALGS], currentDate: new Date(now()), requiredClaims: ['exp', 'sub'] };
    const key_of = ({ kid, alg }: JWTHeaderParameters) => {
      const signer = signers.get(kid ?? '');
      if (signer === undefined || signer.alg !== alg) throw new TypeError('no key of ours');
      return signer.public_key;
    };
    return (await jwtVerify(value, key_of, options)).payload;
  } catch {
    return undefined;
  }
}

async function kept(provider: Provider, value: string): Promise<Claims | undefined> {
  const token = await provider.AccessToken.find(value);
  if (token === undefined || !token.isValid) return undefined;
  const { accountId: sub, clientId: client_id, exp, aud, scope, jkt, 'x5t#S256': x5t, extra } = token;
  const cnf = { ...(jkt !== undefined && { jkt }), ...(x5t !== undefined && { 'x5t#S256': x5t }) };
  return { ...extra, sub, client_id, exp, aud, scope, cnf };
}

const is_object = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
