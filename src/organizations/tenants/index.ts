/** tenants.yaml: reads it, plans what differs from the configuration, applies that through the room's collections, and writes the same form. */
export type { Applied, Change } from './apply.ts';
export { read_tenants, write_tenants } from './file.ts';
export { make_tenants, type Tenants } from './tenants.ts';
