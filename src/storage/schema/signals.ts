import { EntitySchema } from 'typeorm';
import { int, json, key, string, text, time } from '../columns.ts';
import { of_organization, type OrgOwned, within } from './owned.ts';

/** Where an app hears of the end of sessions as security events (Shared Signals Framework 1.0). Of the installation, like the app itself. */
export interface SignalStreamRow {
  id: string;
  client_id: string;
  method: 'push' | 'poll';
  /** Push: where to. */
  endpoint_url: string | null;
  /** What the app wants to see in the `authorization` header of a push. */
  sealed_authorization: string | null;
  /** Null: all that there are. */
  events_requested: string[] | null;
  description: string | null;
  /** `paused`: events wait; `disabled`: there are none. */
  status: 'enabled' | 'paused' | 'disabled';
  status_reason: string | null;
  /** When the app last asked for a verification event. No part of a version. */
  verified_at: number | null;
  created_at: number;
  updated_at: number;
  version: number;
}

export const signal_streams = new EntitySchema<SignalStreamRow>({
  name: 'signal_streams',
  columns: {
    id: key(),
    client_id: string(),
    method: string(),
    endpoint_url: text({ nullable: true }),
    sealed_authorization: text({ nullable: true }),
    events_requested: json({ nullable: true }),
    description: string({ nullable: true }),
    status: string(),
    status_reason: string({ nullable: true }),
    verified_at: time({ nullable: true }),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  // one for each app
  indices: [{ name: 'signal_streams_client', columns: ['client_id'], unique: true }],
  foreignKeys: [{ target: 'clients', columnNames: ['client_id'], referencedColumnNames: ['id'], onDelete: 'CASCADE' }],
});

/** A transmitter of a partner's that may end sessions made through one connection. */
export interface SignalSourceRow extends OrgOwned {
  id: string;
  connection_id: string;
  /** The only `iss` that is believed. */
  issuer: string;
  /** Null: the keys were named by hand. */
  configuration_url: string | null;
  /** Where that one publishes its keys. */
  jwks_uri: string;
  audience: string;
  token_hash: string;
  /** No part of a version. */
  last_received_at: number | null;
  created_at: number;
  updated_at: number;
  version: number;
}

export const signal_sources = new EntitySchema<SignalSourceRow>({
  name: 'signal_sources',
  columns: {
    org_id: key(),
    id: key(),
    connection_id: string(),
    issuer: text(),
    configuration_url: text({ nullable: true }),
    jwks_uri: text(),
    audience: text(),
    token_hash: string(),
    last_received_at: time({ nullable: true }),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  // one for each connection
  indices: [{ name: 'signal_sources_connection', columns: ['org_id', 'connection_id'], unique: true }],
  foreignKeys: [of_organization, within('connections', 'connection_id')],
});
