import { CONSOLE_CLIENT, PORTAL_CLIENT, random_token } from '../../kernel/index.ts';
import type { Storage } from '../../storage/index.ts';
import { client_secret_context } from './secrets.ts';

interface Where {
  readonly issuer: string;
  readonly now: number;
}

/** Registers the console, or sets right what was changed of it. */
export const ensure_console_client = (storage: Storage, { issuer, now }: Where): Promise<void> =>
  ensure(storage, CONSOLE_CLIENT, now, {
    client_name: 'Postern console',
    redirect_uris: [`${issuer}/console/callback`],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_basic',
    scope: 'openid postern:admin',
    initiate_login_uri: `${issuer}/console/enter`,
  });

/** The same for the portal of organizations' own administrators: its sign-ins are good for nothing but itself. Whoever switches it off has shut that door. */
export const ensure_portal_client = (storage: Storage, { issuer, now }: Where): Promise<void> =>
  ensure(storage, PORTAL_CLIENT, now, {
    client_name: 'Postern set-up',
    redirect_uris: [`${issuer}/setup/callback`],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_basic',
    scope: 'openid',
    initiate_login_uri: `${issuer}/setup/enter`,
  });

/** An app like any other, but for its secret, which nobody knows. Its codes are taken in this process, never at the token endpoint. */
async function ensure(storage: Storage, id: string, now: number, metadata: Readonly<Record<string, unknown>>): Promise<void> {
  const known = await storage.gateway.clients.find_one({ id });
  if (known?.enabled === false && id === PORTAL_CLIENT) return;
  if (known !== undefined && JSON.stringify(known.metadata) === JSON.stringify(metadata) && known.organizations === null && known.enabled)
    return;
  const sealed_secret = storage.seal.seal(random_token(), client_secret_context(id));
  await storage.transact(async (tx) => {
    // of several processes that start at once one writes
    await tx.sql.run(
      `INSERT INTO "clients" ("id", "metadata", "sealed_secret", "organizations", "enabled", "registration_hash", "created_at", "updated_at", "version")
       VALUES (?, ?, ?, NULL, ?, NULL, ?, ?, 1)
       ON CONFLICT ("id") DO UPDATE SET "metadata" = excluded."metadata", "sealed_secret" = excluded."sealed_secret", "organizations" = NULL,
         "enabled" = excluded."enabled", "registration_hash" = NULL, "updated_at" = excluded."updated_at", "version" = "clients"."version" + 1`,
      [id, JSON.stringify(metadata), sealed_secret, true, now, now],
    );
    await tx.config_changed();
  });
}
