import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import { z } from 'zod';
import { LoginRefused, random_token, same_secret } from '../kernel/index.ts';
import { query_of } from './forms.ts';
import { own_cookie } from './own_cookie.ts';

const TEN_MINUTES_MS = 600_000;

/** What this browser is on its way with. */
const journey = z.object({ state: z.string(), nonce: z.string(), code_verifier: z.string(), return_to: z.string() });

/** A code that came back to the browser that asked for it, and what it was asked with. */
export interface Arrived {
  readonly code: string;
  readonly code_verifier: string;
  readonly redirect_uri: string;
  readonly nonce: string;
  readonly return_to: string;
}

/** Pages of ours whose people sign in as everybody else does: through the issuer, which sends them to their own identity provider (code flow with PKCE, RFC 7636). */
export interface OwnSignIn {
  /** Sends the browser to the issuer. */
  begin(ctx: Context, parameters: Readonly<Record<string, string>>, return_to: string): void;
  /** @throws LoginRefused when the answer is not to what this browser asked */
  arrive(ctx: Context): Arrived;
}

interface OwnSignInOptions {
  readonly issuer_url: string;
  readonly client_id: string;
  /** Where the answer arrives, below the issuer. */
  readonly path: string;
  /** Of the cookie. */
  readonly name: string;
}

export function make_own_sign_in({ issuer_url, client_id, path, name }: OwnSignInOptions): OwnSignIn {
  // Lax: the answer arrives by redirects that began elsewhere
  const kept = own_cookie(issuer_url, name);
  const redirect_uri = `${issuer_url}${path}`;
  return {
    begin(ctx, parameters, return_to) {
      const begun = { state: random_token(), nonce: random_token(), code_verifier: random_token(), return_to };
      kept.set(ctx, Buffer.from(JSON.stringify(begun)).toString('base64url'), TEN_MINUTES_MS);
      const { state, nonce, code_verifier } = begun;
      const request = new URLSearchParams({
        ...{ scope: 'openid', ...parameters, client_id, redirect_uri, response_type: 'code', state, nonce },
        ...{ code_challenge: createHash('sha256').update(code_verifier).digest('base64url'), code_challenge_method: 'S256' },
      });
      redirect(ctx, `/authorize?${request.toString()}`);
    },
    arrive(ctx) {
      const { state: begun_with, ...begun } = read_journey(kept.get(ctx));
      kept.clear(ctx);
      const { values, repeated } = query_of(ctx);
      const { code = '', state = '', iss = '', error } = values;
      // RFC 9207: the answer is of our own issuer
      if (repeated.length > 0 || !same_secret(state, begun_with) || iss !== issuer_url)
        throw new LoginRefused('browser_mismatch', 'This sign-in was not begun in this browser.', {
          status: 400,
          detail: 'state or iss is not ours',
        });
      if (error !== undefined)
        throw new LoginRefused('denied', 'You are not signed in.', { detail: `the issuer answered ${error.slice(0, 100)}` });
      return { ...begun, code, redirect_uri };
    },
  };
}

/** @throws LoginRefused */
function read_journey(cookie: string | undefined): z.output<typeof journey> {
  if (cookie === undefined)
    throw new LoginRefused('cookies_blocked', 'This sign-in has ended, or belongs to another browser.', { status: 400 });
  try {
    return journey.parse(JSON.parse(Buffer.from(cookie, 'base64url').toString()));
  } catch (cause) {
    throw new LoginRefused('login_expired', 'This sign-in has ended.', { status: 400, cause });
  }
}

/** A plain answer: Koa would write the address into a page as well. */
export function redirect(ctx: Context, path: string): void {
  ctx.status = 303;
  ctx.set('location', path);
  ctx.body = '';
}
