/**
 * Tokens: the one OIDC issuer. Owns oidc-provider, its adapter and policy, claims, signing keys, the end of access and logout.
 * Owns no sign-in page flow (login) and no registration of apps (organizations). May import storage, pages, http and the kernel;
 * what it must know of apps and organizations comes in as a directory.
 */
export type { AdminAccess, PersonAccess } from './admin_access.ts';
export { may_use, roles_in_app } from './claims.ts';
export { type ClientCertificates, certificate_methods } from './client_certificate.ts';
export type { IssuerClient, IssuerDirectory, IssuerResource } from './directory.ts';
export { app_is_open_to } from './directory.ts';
export { type Ended, type EndedForApp, make_end_access, type Why } from './end_access.ts';
export type { FinishedLogin, WaitingRequest } from './interactions.ts';
export { type Issuer, make_issuer } from './issuer.ts';
export type { IssuerDeps } from './issuer_deps.ts';
export { type Keys, make_keys, type PublicKeyView } from './keys.ts';
export { type NewSession, start_session } from './session.ts';
export type { SignIn } from './sign_in.ts';
export type { Signer } from './signer.ts';
export type { AskTokenHook, TokenQuestion } from './hook_claims.ts';
export { preview_claims, type PreviewedClaims } from './preview_claims.ts';
export { token_refusal } from './refusal.ts';
