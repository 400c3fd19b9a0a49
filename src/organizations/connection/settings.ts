import type { FieldProblem } from '../../kernel/index.ts';
import type { ConnectionRow, Protocol, Storage } from '../../storage/index.ts';
import type { AnyConnectorType } from '../deps.ts';
import { type Body, same } from '../merge_patch.ts';

/** How a stored secret reads, and what keeps it when it is sent back. */
export const MASK = '***';

export type Secrets = Readonly<Record<string, unknown>>;

export interface StoredSettings {
  /** Without secrets. */
  readonly settings: Body;
  readonly secrets: Secrets;
}

export type Settled =
  | { readonly ok: true; readonly stored: StoredSettings; readonly config: unknown }
  | { readonly ok: false; readonly problems: FieldProblem[] };

/**
 * Reads the protocol's block of a body. The mask keeps the stored secret, unless a setting changed that says where the partner is: a secret is never
 * shown to a host that it was not entered for.
 */
export function settle_settings(type: AnyConnectorType, given: Body, before: StoredSettings | undefined): Settled {
  const moved = before === undefined ? [] : type.endpoints.filter((name) => !same(given[name], before.settings[name]));
  const secrets = new Map<string, unknown>();
  const dropped: string[] = [];
  const problems: FieldProblem[] = [];
  for (const name of type.secrets) {
    const value = given[name];
    if (value === undefined) continue;
    if (value !== MASK) secrets.set(name, value);
    else if (before === undefined || !Object.hasOwn(before.secrets, name))
      problems.push({ path: `${type.protocol}.${name}`, message: `"${MASK}" stands for a stored secret, and none is stored: enter it` });
    else if (moved.length > 0) dropped.push(name);
    else secrets.set(name, before.secrets[name]);
  }
  const settings = Object.fromEntries(Object.entries(given).filter(([name]) => !type.secrets.includes(name)));
  const read = type.parse({ ...settings, ...Object.fromEntries(secrets) });
  if (read.ok && problems.length === 0)
    return { ok: true, stored: { settings, secrets: Object.fromEntries(secrets) }, config: read.config };
  const lost = dropped.map((name) => ({
    path: `${type.protocol}.${name}`,
    message: `must be entered again, because ${moved.join(' and ')} changed`,
  }));
  const named = new Set([...problems, ...lost].map((problem) => problem.path));
  const others = read.ok ? [] : read.errors.filter((error) => !named.has(error.path));
  return { ok: false, problems: [...problems, ...(read.ok ? [] : lost), ...others] };
}

/** The block as it is shown. */
export const masked = (stored: StoredSettings): Body => ({
  ...stored.settings,
  ...Object.fromEntries(Object.keys(stored.secrets).map((name) => [name, MASK])),
});

export const secrets_context = (org_id: string, connection_id: string): string => `connection/${org_id}/${connection_id}/secrets`;

export function stored_settings(
  storage: Storage,
  row: Pick<ConnectionRow, 'org_id' | 'id' | 'settings' | 'sealed_secrets'>,
): StoredSettings {
  const sealed = row.sealed_secrets;
  // an object of secrets: see seal_secrets
  const secrets = sealed === null ? {} : (JSON.parse(storage.seal.open(sealed, secrets_context(row.org_id, row.id))) as Secrets);
  return { settings: row.settings, secrets };
}

export const seal_secrets = (storage: Storage, org_id: string, connection_id: string, secrets: Secrets): string | null =>
  Object.keys(secrets).length === 0 ? null : storage.seal.seal(JSON.stringify(secrets), secrets_context(org_id, connection_id));

/** What is fetched when a connection is made or changed, for the field that a failure names. */
export const FETCHED: Readonly<Record<Protocol, string>> = { saml: 'metadata_url', oidc: 'issuer', ldap: 'urls' };
