/**
 * Verifies what a SAML identity provider sends: one pipeline on node:crypto over the one tree of ../xml, each step a file that says which invariant it holds.
 * Owns: decoding, structure, algorithms, signatures, decryption, the checks of the Web Browser SSO profile. Does not own: which connection a
 * message is for, single use of requests and assertion ids, what a person is told. May import: node:crypto, node:zlib, node:worker_threads, ../xml.
 */

export { type BoundedVerifier, make_bounded_verifier } from './bounded.ts';
export { ask_worker, worker_file } from './in_worker.ts';
export { even_out } from './even_out.ts';
export { make_turns, type Turns } from './turns.ts';
export { is_dear, SMALL } from './weigh.ts';
export { open_redirect, open_signed_post, verify_enveloped } from './enveloped.ts';
export { parse_date_time } from './date_time.ts';
export { MAX_ENCODED, MAX_LOGOUT, MAX_MESSAGE, open_message } from './message.ts';
export { peek_in_response_to } from './peek.ts';
export { inflate_message } from './redirect.ts';
export { type Note, Refusal } from './refusal.ts';
export { verify_response } from './response.ts';
export { read_logout_subject } from './subject.ts';
export { prepare_certificate, prepare_certificates, type Trust, type TrustedCertificate } from './trust.ts';
export type { NameId, Verdict, VerifiedAssertion } from './verdict.ts';
