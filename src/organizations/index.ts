/**
 * Organizations: organizations, domains, connections, role mappings, apps (clients), resources and roles: create, change, verify, test, seal; opens connectors;
 * the cached directory that every sign-in reads. What admin API, set-up, apply and CLI all call. Owns no person and no token.
 * Imports kernel, storage, audit and the connector seam; the protocols, the egress and the end of access are passed in.
 */
export type { Collection, Listed, ListRequest, Shown } from './collection.ts';
