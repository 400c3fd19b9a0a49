/** Apps: what they register, strictly; their secrets; who may use them. */
export { type ClientCollection, make_client_collection } from './client.ts';
export { client_secret_context, type ClientSecrets, open_secrets } from './secrets.ts';
export { client_schemas, type ClientView, type CreatedClientView } from './schema.ts';
export { ensure_console_client, ensure_portal_client } from './console_client.ts';
