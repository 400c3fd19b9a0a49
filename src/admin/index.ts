/**
 * Admin: the admin API under `/api/v1`, its OpenAPI document and reference page, and the keys that open it. Owns who may do what on which route,
 * ETags, idempotency and paging; owns no rule of what it shows (organizations, users, audit, tokens). Imports those, http, storage and the kernel.
 */
export {
  type AdminKeys,
  type AdminKeyView,
  admin_key_schemas,
  type CreatedAdminKey,
  type IdentifiedKey,
  make_admin_keys,
} from './admin_keys.ts';
export type { AdminDeps } from './deps.ts';
export type { Caller } from './identify.ts';
export { offboard } from './offboard.ts';
export { make_offboardings, type Offboardings } from './offboardings.ts';
export { registration_routes } from './registration.ts';
export { admin_routes } from './routes.ts';
