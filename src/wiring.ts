import { randomBytes } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import type { Logger } from 'pino';
import { ldap } from '../connectors/ldap/ldap.ts';
import { make_key_store } from '../connectors/oidc/key_store.ts';
import { oidc } from '../connectors/oidc/oidc.ts';
import { SIGNING_ALGS } from '../connectors/oidc/provider.ts';
import { make_saml } from '../connectors/saml/saml.ts';
import { make_admin_keys, make_offboardings } from './admin/index.ts';
import { type Act, make_audit, make_receipts, new_reference } from './audit/index.ts';
import type { Settings } from './config/index.ts';
import { bulk_as_rows, make_outbound, make_scim_requests, make_directory_sync, make_scim_tokens } from './directory/index.ts';
import { make_deliveries, make_inline_hooks } from './events/index.ts';
import { make_egress } from './http/egress/index.ts';
import { inline_points } from './inline_hooks.ts';
import type { AccessScope, OrgId } from './kernel/index.ts';
import { partner_people } from './linking/index.ts';
import { make_test_sign_ins } from './login/index.ts';
import { make_mailer, type Mailer, make_notices } from './notices/index.ts';
import { make_organizations } from './organizations/index.ts';
import { make_second_factors } from './operators/index.ts';
import { make_transmitter } from './signals/index.ts';
import { make_tenants } from './organizations/tenants/index.ts';
import { open_storage, type Tx } from './storage/index.ts';
import { certificate_methods, type ClientCertificates, make_end_access, make_keys, roles_in_app, type Signer } from './tokens/index.ts';
import { make_user_imports, make_users } from './users/index.ts';

/** What everything is made from: settings with their secrets, and the impure world. */
export interface World {
  readonly settings: Settings;
  /** Newest first. */
  readonly secrets: readonly Uint8Array[];
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  readonly log: Logger;
  /** Keys of the issuer that are held elsewhere. */
  readonly signers?: readonly Signer[];
  /** Where domains are looked up, instead of the name servers of this machine. */
  readonly resolve_txt?: (name: string) => Promise<string[][]>;
}

/** Mutual TLS of apps, as the settings have it. */
export const client_certificates = (settings: Settings): ClientCertificates => ({
  arrive: settings.client_certificate_header !== undefined,
  authorities: settings.client_certificate_ca ?? [],
  origin: settings.mtls_origin,
});

/** Undefined: this installation sends no mail. */
export function mailer_of({ smtp_url, mail_from, issuer }: Settings): Mailer | undefined {
  return smtp_url === undefined || mail_from === undefined ? undefined : make_mailer(smtp_url, mail_from, new URL(issuer).hostname);
}

export type Postern = Awaited<ReturnType<typeof open_postern>>;

/** Everything that works on data, without a server: what the command uses. Opens the database, does not migrate it. */
export async function open_postern(world: World) {
  const { settings, now, log } = world;
  const storage = await open_storage({ database: settings.database, secrets: world.secrets });
  const audit = make_audit({
    ...{ storage, now, trace_days: settings.trace_days },
    subscribers: () => organizations.directory.event_hooks(),
    async heard(tx, event) {
      await outbound.heard(tx, event);
      await notices.hear(tx, event);
    },
  });
  const { record } = audit;
  const mailer = mailer_of(settings);
  const notices = make_notices({
    append_outbox: audit.append_outbox,
    issuer_url: settings.issuer,
    operators: settings.operators_email,
    enabled: mailer !== undefined,
  });
  const egress = make_egress({ allow_private_networks: settings.allow_private_networks });
  const end_access = make_end_access({
    append_outbox: audit.append_outbox,
    open_receipt: (tx, receipt) => receipts.open(tx, receipt),
    end_accounts: (tx, scope) => outbound.end_accounts(tx, scope),
    tell_signals: (tx, ended, why) => transmitter.tell_ended(tx, ended, why),
    wants_logout: (client_id) => organizations.directory.wants_logout(client_id),
  });
  const receipts = make_receipts({ storage, now, record });
  const end = (tx: Tx, scope: AccessScope, act?: Act, reason?: string) =>
    end_access(tx, scope, act === undefined || reason === undefined ? undefined : { act, reason });
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  const connector_types = { saml: make_saml(), oidc, ldap };
  const organizations = make_organizations({
    storage,
    now,
    record,
    end_access: end,
    app_switched: (tx, client_id, enabled) => transmitter.app_switched(tx, client_id, enabled),
    settle_everyone: (tx, org_id, act) => users.settle_everyone(tx, org_id, act),
    issuer_url: settings.issuer,
    certificate_methods: certificate_methods(client_certificates(settings)),
    connector_types,
    egress,
    random_bytes: (length) => new Uint8Array(randomBytes(length)),
    log: (level, message, fields) => log[level](fields ?? {}, message),
    resolve_txt: world.resolve_txt ?? ((name) => resolver.resolveTxt(name)),
  });
  const { directory } = organizations;
  const outbound = make_outbound({
    ...{ storage, now, record, append_latest: audit.append_latest, fetch: egress.fetch },
    roles_of: ({ org_id, ...user }, client_id) => roles_in_app({ storage, directory }, { org_id, user }, client_id),
  });
  const scim_requests = make_scim_requests({
    ...{ storage, now, record, end_access: end, issuer_url: settings.issuer },
    limits: { days: settings.scim_request_days, most: settings.scim_requests_kept },
    log: (message, fields) => log.warn(fields, message),
  });
  const people = {
    ...{ storage, now, record, end_access: end },
    domains: (org_id: OrgId) => directory.verified_domains(org_id),
    forget: {
      prepare: () => scim_requests.log.flush(),
      async within(tx: Tx, org_id: OrgId, words: readonly string[]) {
        await scim_requests.forget(tx, org_id, words);
        await user_imports.forget(tx, org_id, words);
        await directory_sync.forget(tx, org_id, words);
      },
    },
  };
  const users = make_users(people);
  const user_imports = make_user_imports({ ...people, days: settings.import_days, read_bulk: bulk_as_rows });
  const ask = inline_points(
    make_inline_hooks({
      hooks: (point, org_id) => directory.inline_hooks(point, org_id),
      ...{ fetch: egress.fetch, now },
      log: (level, message, fields) => log[level](fields, message),
    }),
    users,
  );
  const directory_sync = make_directory_sync({
    ...{ storage, now, record, end_access: end, people: partner_people },
    connector: (id) => organizations.connector(id),
    connection: (id) => directory.connection(id),
    verified_domains: (org_id) => directory.verified_domains(org_id),
    who_is_asked: ask.who_is_asked,
    log: (level, message, fields) => log[level](fields, message),
  });
  const keys = make_keys(storage, world.signers);
  const transmitter = make_transmitter({
    ...{ storage, now, record, append_outbox: audit.append_outbox, directory, issuer_url: settings.issuer },
    signers: () => keys.signers(),
  });
  /** How the keys of a partner's transmitter are read and what they may sign with: as those of an OIDC partner. */
  const transmitter_trust = {
    key_store: (jwks_uri: string) =>
      make_key_store(jwks_uri, { fetch: egress.fetch, now, log: (level, message, fields) => log[level](fields ?? {}, message) }),
    algorithms: SIGNING_ALGS,
  };
  const second_factors = make_second_factors({ storage, record });
  const admin_keys = make_admin_keys({ storage, now, record, forget: second_factors.forget });
  const offboardings = make_offboardings({ ...{ storage, audit, organizations, users, scim_requests, user_imports }, now });
  const scim_tokens = make_scim_tokens({ storage, now, record, issuer_url: settings.issuer });
  const deliveries = make_deliveries({ storage, append_outbox: audit.append_outbox });
  const tenants = make_tenants(organizations, { storage, connector_types });
  const test_sign_ins = make_test_sign_ins({
    ...{ storage, now, new_reference, record, save_trace: audit.save_trace },
    issuer_url: settings.issuer,
  });
  return {
    ...{
      world,
      test_sign_ins,
      storage,
      audit,
      egress,
      ask,
      end_access: end,
      organizations,
      tenants,
      users,
      keys,
      admin_keys,
      second_factors,
      scim_tokens,
      directory_sync,
      scim_requests,
      user_imports,
      offboardings,
      deliveries,
      mailer,
      outbound,
      receipts,
      transmitter,
      transmitter_trust,
    },
    async close(): Promise<void> {
      await directory_sync.stop();
      await organizations.close();
      await egress.close();
      await storage.close();
    },
  };
}
