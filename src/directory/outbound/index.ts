/**
 * Outbound: tells the apps of the vendor who their people are, as a SCIM 2.0 client (RFC 7644). Finds whom a change is about, in its own unit of work; says how
 * they are when it delivers; loads and compares everybody. Owns what a target knows of us (links); owns no settings (organizations) and no schedule (events).
 */
export { dead_letter_schemas } from './dead_letters.ts';
export type { OutboundDeps } from './deps.ts';
export { make_outbound, type Outbound } from './outbound.ts';
export { run_schemas, type ScimRunView } from './runs/runs.ts';
