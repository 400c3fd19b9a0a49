/**
 * Storage: the only room that knows TypeORM and the databases. Owns the schema, the migrations, the organization-bound
 * stores, units of work and the sealing of secrets. Owns no rule of the domain. Imports the kernel.
 */
export type { DatabaseAddress } from './database.ts';
export type { GatewayReads, GatewayStore } from './gateway_store.ts';
export { gateway_schemas } from './gateway_store.ts';
export type { OrgReads, OrgStore } from './org_store.ts';
export { org_schemas } from './org_store.ts';
export { type Match, type Page, type PageRequest, type Reads, time_ordered_id, type Writes } from './rows.ts';
export { reseal, type SealedColumn } from './reseal.ts';
export * from './schema/index.ts';
export { make_seal, type Seal } from './seal.ts';
export { first_use, first_use_within, sweep_expired } from './single_use.ts';
export type { Sql, SqlValue } from './sql.ts';
export { is_unstorable_text } from './unstorable.ts';
export { open_storage, type Storage, type StorageOptions, type Tx } from './storage.ts';
