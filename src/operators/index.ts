/**
 * Operators: the door of the console under `/console`. Owns its files, the sessions of operators, the second factor of key holders, and signing in
 * through Postern itself; hands on the switches of mock partners. Owns no answer of the admin API: a session is one more way to be a caller of it. Imports audit, http, storage, the kernel
 * and the libraries of the second factor; what it must know of keys and of signed-in people comes in as functions.
 */
export { type OperatorsDeps, console_routes } from './console_routes.ts';
export { make_identify_session } from './identify_session.ts';
export type { Operator, OperatorKey, OperatorKeys, OperatorPeople } from './operator.ts';
export { make_second_factors, type SecondFactors } from './second_factors.ts';
