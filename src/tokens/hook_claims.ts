import type { KoaContextWithOIDC } from 'oidc-provider';
import type { SignIn } from './sign_in.ts';

/** What tokens are about to be made for. */
export interface TokenQuestion {
  readonly sign_in: SignIn;
  readonly client_id: string;
  readonly scopes: readonly string[];
}

/** More claims for the tokens of one request. @throws an OAuth error when no token may be made */
export type AskTokenHook = (question: TokenQuestion) => Promise<Readonly<Record<string, unknown>>>;

/** Where the claims of an ID token carry what the hook said, past the filter that lets through what scopes name. */
const EXTRA = Symbol('claims of the inline hook');

export type TokenHook = (ctx: KoaContextWithOIDC, question: TokenQuestion) => Promise<Readonly<Record<string, unknown>>>;

/** Asks once for a request, however many tokens it makes. */
export function make_token_hook(ask: AskTokenHook | undefined): TokenHook {
  const asked = new WeakMap<object, Promise<Readonly<Record<string, unknown>>>>();
  return (ctx, question) => {
    // tokens are made there and nowhere else
    if (ask === undefined || ctx.oidc.route !== 'token') return Promise.resolve({});
    const answer = asked.get(ctx.oidc) ?? ask(question);
    asked.set(ctx.oidc, answer);
    return answer;
  };
}

export const with_extra = <Claims extends object>(claims: Claims, extra: Readonly<Record<string, unknown>>): Claims =>
  Object.assign(claims, { [EXTRA]: extra });

export const extra_of = (available: object): Readonly<Record<string, unknown>> =>
  EXTRA in available ? (available[EXTRA] as Readonly<Record<string, unknown>>) : {}; // put there by with_extra
