/**
 * Login: conducts one sign-in from the app's request to its answer: start, choose, depart or password, return, finish. Owns the login attempt
 * and nothing that outlives it. May import http, pages, storage, tokens and the seam; the rest comes in as arguments.
 */
export type { ConnectionView, Decision, LoginDeps, RouteRequest, Step, Trace } from './deps.ts';
export { make_partner_logout } from './partner_logout.ts';
export { make_test_sign_ins, type TestSignIn, type TestSignIns } from './test_sign_ins.ts';
export { make_recheck } from './recheck.ts';
export { login_routes } from './routes.ts';
