/**
 * Egress: the one guarded client for everything that leaves Postern. Resolves a name once, checks every address, connects to what it checked,
 * follows no redirect, reads no more than it must. An entrance of its own, so that whoever needs the way out does not load the server.
 */
export { type Egress, make_egress } from './egress.ts';
export { as_web_fetch } from './web_fetch.ts';
