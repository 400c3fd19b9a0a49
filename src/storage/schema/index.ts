export * from './console.ts';
export * from './gateway.ts';
export * from './organization.ts';
export * from './provisioning.ts';
export * from './signals.ts';
export { scim_requests, type ScimRequestRow } from './scim_requests.ts';
export * from './imports.ts';
export * from './user_emails.ts';
