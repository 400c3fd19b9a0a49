/**
 * Routing: from a request to the organization and connection of a sign-in (explicit names, hints, domains, memory).
 * Decides only: owns no state, reads the configuration through functions it is given, shows no page. Imports the kernel.
 */
export * from './decision.ts';
export * from './route.ts';
