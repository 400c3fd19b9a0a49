/** Connections: their settings with sealed secrets, their keys, what their partners publish, and how they are opened. */
export { announce_endings, ending_soon } from './announce.ts';
export { type ConnectionCollection, make_connection_collection } from './connection.ts';
export { key_context } from './keys.ts';
export { open_connector, run_checks } from './open.ts';
export { refresh_connections } from './refresh.ts';
export { renew_keys } from './renew_keys.ts';
export { connection_schemas, type ConnectionView } from './schema.ts';
export { secrets_context } from './settings.ts';
