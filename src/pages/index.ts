/**
 * Pages: what a person sees while signing in, as functions `(view, frame) => html`.
 * Owns markup, style, the six languages, the words of every public error code, and the few scripts. Owns no state, no routes and no headers:
 * who sends a page sets the Content-Security-Policy with the nonce it gave in the frame (`script-src` only where `needs_script` says so).
 * May import kernel, React and intl-messageformat.
 */
import type { ScriptName } from './scripts.ts';

export * from './accent.ts';
export { type Brand, safe_link } from './brand.ts';
export * from './choosers.tsx';
export * from './consent.tsx';
export * from './device.tsx';
export * from './error.tsx';
export * from './error_texts.ts';
export type { Frame } from './frame.tsx';
export * from './identifier.tsx';
export * from './link_confirm.tsx';
export * from './locale.ts';
export * from './logout.tsx';
export * from './mail/index.ts';
export type { MessageKey } from './messages/en.ts';
export type { Csrf } from './parts.tsx';
export * from './password.tsx';
export * from './redirect.tsx';
export type { ScriptName } from './scripts.ts';
export * from './sessions.tsx';
export * from './setup/index.ts';
export * from './test_result.tsx';
export { stock_texts, text_problem, type TextOverrides } from './translate.ts';

/** The pages with an inline script under the frame's nonce; every other page may be sent with `script-src 'none'`. */
export const needs_script: Readonly<Partial<Record<string, ScriptName>>> = {
  password_page: 'password',
  redirect_page: 'auto_submit',
  error_page: 'copy',
};
