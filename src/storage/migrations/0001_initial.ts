import { type MigrationInterface, type QueryRunner, Table, type TableOptions } from 'typeorm';

/** Every table of the first release, in an order that foreign keys allow. */
const tables: TableOptions[] = [
  {
    name: 'organizations',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"slug","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"name","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"external_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"metadata","type":"text","isPrimary":false,"isNullable":false},
      {"name":"status","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"branding","type":"text","isPrimary":false,"isNullable":false},
      {"name":"people_policy","type":"text","isPrimary":false,"isNullable":true},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"updated_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"version","type":"integer","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"organizations_slug","columnNames":["slug"],"isUnique":true},
      {"name":"organizations_name","columnNames":["name"],"isUnique":false},
      {"name":"organizations_order","columnNames":["created_at","id"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'logos',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"content_type","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"data","type":"text","isPrimary":false,"isNullable":false},
      {"name":"kept_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"logos_kept","columnNames":["kept_at"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'clients',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"metadata","type":"text","isPrimary":false,"isNullable":false},
      {"name":"sealed_secret","type":"text","isPrimary":false,"isNullable":true},
      {"name":"organizations","type":"text","isPrimary":false,"isNullable":true},
      {"name":"enabled","type":"boolean","isPrimary":false,"isNullable":false},
      {"name":"registration_hash","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"updated_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"version","type":"integer","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"clients_order","columnNames":["created_at","id"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'registration_tokens',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"name","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"token_hash","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"organization_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"uses_left","type":"integer","isPrimary":false,"isNullable":true},
      {"name":"expires_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"registration_tokens_hash","columnNames":["token_hash"],"isUnique":true},
      {"name":"registration_tokens_order","columnNames":["created_at","id"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'resources',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"identifier","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"name","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"scopes","type":"text","isPrimary":false,"isNullable":false},
      {"name":"access_token_format","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"access_token_signing_alg","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"access_token_ttl_seconds","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"updated_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"version","type":"integer","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"resources_identifier","columnNames":["identifier"],"isUnique":true},
      {"name":"resources_order","columnNames":["created_at","id"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'roles',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"name","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"description","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"client_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"delegable","type":"boolean","isPrimary":false,"isNullable":false},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"updated_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"version","type":"integer","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"roles_name","columnNames":["client_id","name"],"isUnique":true},
      {"name":"roles_order","columnNames":["created_at","id"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'signing_keys',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"alg","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"state","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"public_jwk","type":"text","isPrimary":false,"isNullable":false},
      {"name":"sealed_private_jwk","type":"text","isPrimary":false,"isNullable":false},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"current_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"retired_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"expires_at","type":"bigint","isPrimary":false,"isNullable":true},
    ],
    indices: [
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'admin_keys',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"name","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"key_hash","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"role","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"organization_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"expires_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"last_used_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"admin_keys_hash","columnNames":["key_hash"],"isUnique":true},
      {"name":"admin_keys_order","columnNames":["created_at","id"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'console_sessions',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"kind","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"subject_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"credential_hash","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"factor","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"challenge","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"ip","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"user_agent","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"ends_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"expires_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"console_sessions_subject","columnNames":["subject_id"],"isUnique":false},
      {"name":"console_sessions_expiry","columnNames":["expires_at"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'second_factors',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"admin_key_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"kind","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"name","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"sealed_secret","type":"text","isPrimary":false,"isNullable":true},
      {"name":"credential_id","type":"text","isPrimary":false,"isNullable":true},
      {"name":"public_key","type":"text","isPrimary":false,"isNullable":true},
      {"name":"transports","type":"text","isPrimary":false,"isNullable":true},
      {"name":"counter","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"confirmed_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"last_used_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"second_factors_key","columnNames":["admin_key_id","created_at"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'recovery_codes',
    columns: [
      {"name":"admin_key_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
    ],
    indices: [
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'event_hooks',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"url","type":"text","isPrimary":false,"isNullable":false},
      {"name":"events","type":"text","isPrimary":false,"isNullable":true},
      {"name":"organizations","type":"text","isPrimary":false,"isNullable":true},
      {"name":"description","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"enabled","type":"boolean","isPrimary":false,"isNullable":false},
      {"name":"disabled_reason","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"sealed_secrets","type":"text","isPrimary":false,"isNullable":false},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"updated_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"version","type":"integer","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"event_hooks_order","columnNames":["created_at","id"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'inline_hooks',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"point","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"url","type":"text","isPrimary":false,"isNullable":false},
      {"name":"organizations","type":"text","isPrimary":false,"isNullable":true},
      {"name":"on_failure","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"timeout_ms","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"description","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"enabled","type":"boolean","isPrimary":false,"isNullable":false},
      {"name":"sealed_secrets","type":"text","isPrimary":false,"isNullable":false},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"updated_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"version","type":"integer","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"inline_hooks_order","columnNames":["created_at","id"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'scim_targets',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"name","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"client_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"base_url","type":"text","isPrimary":false,"isNullable":false},
      {"name":"auth","type":"text","isPrimary":false,"isNullable":false},
      {"name":"sealed_secret","type":"text","isPrimary":false,"isNullable":false},
      {"name":"enabled","type":"boolean","isPrimary":false,"isNullable":false},
      {"name":"organizations","type":"text","isPrimary":false,"isNullable":true},
      {"name":"people","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"mapping","type":"text","isPrimary":false,"isNullable":false},
      {"name":"groups","type":"text","isPrimary":false,"isNullable":false},
      {"name":"roles","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"on_delete","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"adopt","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"preset","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"capabilities","type":"text","isPrimary":false,"isNullable":false},
      {"name":"learned","type":"text","isPrimary":false,"isNullable":false},
      {"name":"paused_until","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"failures","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"failing_since","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"last_error","type":"text","isPrimary":false,"isNullable":true},
      {"name":"last_success_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"updated_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"version","type":"integer","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"scim_targets_name","columnNames":["name"],"isUnique":true},
      {"name":"scim_targets_client","columnNames":["client_id"],"isUnique":false},
      {"name":"scim_targets_order","columnNames":["created_at","id"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'scim_links',
    columns: [
      {"name":"target_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"kind","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"org_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"remote_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"sent","type":"text","isPrimary":false,"isNullable":false},
      {"name":"active","type":"boolean","isPrimary":false,"isNullable":false},
      {"name":"seen_by","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"updated_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"scim_links_remote","columnNames":["target_id","kind","remote_id"],"isUnique":true},
      {"name":"scim_links_org","columnNames":["org_id","target_id","kind","id"],"isUnique":false},
      {"name":"scim_links_local","columnNames":["id"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'scim_link_members',
    columns: [
      {"name":"target_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"group_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"user_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"remote_id","type":"varchar","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"scim_link_members_user","columnNames":["target_id","user_id"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'scim_runs',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"target_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"kind","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"org_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"dry_run","type":"boolean","isPrimary":false,"isNullable":false},
      {"name":"repair","type":"boolean","isPrimary":false,"isNullable":false},
      {"name":"status","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"place","type":"text","isPrimary":false,"isNullable":false},
      {"name":"total","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"seen","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"last_delivery","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"counts","type":"text","isPrimary":false,"isNullable":false},
      {"name":"findings","type":"text","isPrimary":false,"isNullable":false},
      {"name":"error","type":"text","isPrimary":false,"isNullable":true},
      {"name":"actor","type":"text","isPrimary":false,"isNullable":false},
      {"name":"next_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"failures","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"leased_until","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"lease","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"finished_at","type":"bigint","isPrimary":false,"isNullable":true},
    ],
    indices: [
      {"name":"scim_runs_order","columnNames":["target_id","created_at","id"],"isUnique":false},
      {"name":"scim_runs_due","columnNames":["status","next_at"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'receipts',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"org_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"user_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"reason","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"actor","type":"text","isPrimary":false,"isNullable":false},
      {"name":"request_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"completed_at","type":"bigint","isPrimary":false,"isNullable":true},
    ],
    indices: [
      {"name":"receipts_org","columnNames":["org_id","created_at","id"],"isUnique":false},
      {"name":"receipts_open","columnNames":["completed_at"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'receipt_entries',
    columns: [
      {"name":"receipt_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"org_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"user_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"kind","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"session_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"client_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"tokens","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"delivery_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"outcome","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"tries","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"error","type":"text","isPrimary":false,"isNullable":true},
      {"name":"at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"receipt_entries_user","columnNames":["org_id","user_id"],"isUnique":false},
      {"name":"receipt_entries_outcome","columnNames":["outcome","receipt_id"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'oidc_payloads',
    columns: [
      {"name":"kind","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id_hash","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"payload","type":"text","isPrimary":false,"isNullable":false},
      {"name":"grant_hash","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"uid_hash","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"user_code_hash","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"account_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"client_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"consumed_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"expires_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"oidc_payloads_grant","columnNames":["grant_hash"],"isUnique":false},
      {"name":"oidc_payloads_uid","columnNames":["uid_hash"],"isUnique":false},
      {"name":"oidc_payloads_user_code","columnNames":["user_code_hash"],"isUnique":false},
      {"name":"oidc_payloads_account","columnNames":["account_id"],"isUnique":false},
      {"name":"oidc_payloads_client","columnNames":["client_id"],"isUnique":false},
      {"name":"oidc_payloads_expiry","columnNames":["expires_at"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'login_attempts',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"purpose","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"browser_hash","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"handle_hash","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"org_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"connection_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"client_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"reference","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"request","type":"text","isPrimary":false,"isNullable":false},
      {"name":"sealed_pending","type":"text","isPrimary":false,"isNullable":true},
      {"name":"sealed_result","type":"text","isPrimary":false,"isNullable":true},
      {"name":"steps","type":"text","isPrimary":false,"isNullable":false},
      {"name":"answered_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"finished_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"started_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"expires_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"login_attempts_handle","columnNames":["handle_hash"],"isUnique":true},
      {"name":"login_attempts_expiry","columnNames":["expires_at"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'first_uses',
    columns: [
      {"name":"scope","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"key_hash","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"expires_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"first_uses_expiry","columnNames":["expires_at"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'audit_events',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"org_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"type","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"actor","type":"text","isPrimary":false,"isNullable":false},
      {"name":"actor_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"target","type":"text","isPrimary":false,"isNullable":true},
      {"name":"target_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"before","type":"text","isPrimary":false,"isNullable":true},
      {"name":"after","type":"text","isPrimary":false,"isNullable":true},
      {"name":"request_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"ip","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"salt","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"digest","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"seq","type":"integer","isPrimary":false,"isNullable":true},
      {"name":"link","type":"varchar","isPrimary":false,"isNullable":true},
    ],
    indices: [
      {"name":"audit_events_seq","columnNames":["seq"],"isUnique":true},
      {"name":"audit_events_order","columnNames":["at","id"],"isUnique":false},
      {"name":"audit_events_org","columnNames":["org_id","at","id"],"isUnique":false},
      {"name":"audit_events_type","columnNames":["type","at","id"],"isUnique":false},
      {"name":"audit_events_actor","columnNames":["actor_id","at","id"],"isUnique":false},
      {"name":"audit_events_target","columnNames":["target_id","at","id"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'audit_chain',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"seq","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"sealed_head","type":"text","isPrimary":false,"isNullable":false},
    ],
    indices: [
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'outbox',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"org_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"kind","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"order_key","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"receiver","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"sealed_payload","type":"text","isPrimary":false,"isNullable":false},
      {"name":"attempts","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"available_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"leased_until","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"done_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"dead_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"last_error","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"tries","type":"text","isPrimary":false,"isNullable":true},
      {"name":"put_off","type":"integer","isPrimary":false,"isNullable":true},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"outbox_due","columnNames":["done_at","dead_at","available_at"],"isUnique":false},
      {"name":"outbox_order","columnNames":["order_key","id"],"isUnique":false},
      {"name":"outbox_leased","columnNames":["leased_until","receiver"],"isUnique":false},
      {"name":"outbox_receiver","columnNames":["receiver","created_at","id"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'login_traces',
    columns: [
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"purpose","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"org_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"connection_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"client_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"user_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"outcome","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"code","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"steps","type":"text","isPrimary":false,"isNullable":false},
      {"name":"sealed_personal","type":"text","isPrimary":false,"isNullable":true},
      {"name":"started_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"finished_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"expires_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"login_traces_order","columnNames":["started_at","id"],"isUnique":false},
      {"name":"login_traces_org","columnNames":["org_id","started_at","id"],"isUnique":false},
      {"name":"login_traces_expiry","columnNames":["expires_at"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'idempotency_keys',
    columns: [
      {"name":"scope","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"key_hash","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"request_hash","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"status","type":"integer","isPrimary":false,"isNullable":true},
      {"name":"sealed_answer","type":"text","isPrimary":false,"isNullable":true},
      {"name":"expires_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"idempotency_keys_expiry","columnNames":["expires_at"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'rate_limits',
    columns: [
      {"name":"key","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"points","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"expire","type":"bigint","isPrimary":false,"isNullable":true},
    ],
    indices: [
      {"name":"rate_limits_expiry","columnNames":["expire"],"isUnique":false},
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'versions',
    columns: [
      {"name":"name","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"version","type":"integer","isPrimary":false,"isNullable":false},
    ],
    indices: [
    ],
    foreignKeys: [
    ],
  },
  {
    name: 'domains',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"status","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"verified_domain","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"txt_token","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"verified_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"last_checked_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"last_error","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"version","type":"integer","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"domains_verified","columnNames":["verified_domain"],"isUnique":true},
    ],
    foreignKeys: [
      {"name":"FK_204945a5bebd3d527c4e6d2c5b9","columnNames":["org_id"],"referencedTableName":"organizations","referencedColumnNames":["id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'connections',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"protocol","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"name","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"enabled","type":"boolean","isPrimary":false,"isNullable":false},
      {"name":"settings","type":"text","isPrimary":false,"isNullable":false},
      {"name":"sealed_secrets","type":"text","isPrimary":false,"isNullable":true},
      {"name":"resolved","type":"text","isPrimary":false,"isNullable":false},
      {"name":"resolved_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"refresh_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"upkeep","type":"text","isPrimary":false,"isNullable":false},
      {"name":"announce_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"certificates_end_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"attribute_mapping","type":"text","isPrimary":false,"isNullable":true},
      {"name":"provisioning","type":"text","isPrimary":false,"isNullable":false},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"updated_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"version","type":"integer","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"connections_id","columnNames":["id"],"isUnique":true},
      {"name":"connections_refresh","columnNames":["refresh_at"],"isUnique":false},
      {"name":"connections_announce","columnNames":["announce_at"],"isUnique":false},
      {"name":"connections_certificates","columnNames":["certificates_end_at"],"isUnique":false},
    ],
    foreignKeys: [
      {"name":"FK_92ade0696cfeaf5961753474f51","columnNames":["org_id"],"referencedTableName":"organizations","referencedColumnNames":["id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'connection_aliases',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"connection_id","type":"varchar","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"connection_aliases_path","columnNames":["id"],"isUnique":true},
      {"name":"connection_aliases_connection","columnNames":["org_id","connection_id"],"isUnique":false},
    ],
    foreignKeys: [
      {"name":"FK_d5f9897b8d344e153a0fa238b1b","columnNames":["org_id","connection_id"],"referencedTableName":"connections","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'connection_keys',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"connection_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"use","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"state","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"certificate_pem","type":"text","isPrimary":false,"isNullable":false},
      {"name":"sealed_private_key","type":"text","isPrimary":false,"isNullable":false},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"expires_at","type":"bigint","isPrimary":false,"isNullable":true},
    ],
    indices: [
      {"name":"connection_keys_connection","columnNames":["org_id","connection_id"],"isUnique":false},
      {"name":"connection_keys_expiry","columnNames":["expires_at"],"isUnique":false},
    ],
    foreignKeys: [
      {"name":"FK_61aada7b84265dbbbbdf997714a","columnNames":["org_id","connection_id"],"referencedTableName":"connections","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'users',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"user_name","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"user_name_key","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"email","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"email_key","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"email_denied","type":"boolean","isPrimary":false,"isNullable":false},
      {"name":"given_name","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"family_name","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"display_name","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"active","type":"boolean","isPrimary":false,"isNullable":false},
      {"name":"external_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"attributes","type":"text","isPrimary":false,"isNullable":false},
      {"name":"scim","type":"text","isPrimary":false,"isNullable":false},
      {"name":"source","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"scim_owner","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"written_by","type":"text","isPrimary":false,"isNullable":true},
      {"name":"kept_out_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"last_login_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"updated_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"version","type":"integer","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"users_id","columnNames":["id"],"isUnique":true},
      {"name":"users_user_name","columnNames":["org_id","user_name_key"],"isUnique":true},
      {"name":"users_email","columnNames":["org_id","email_key"],"isUnique":false},
      {"name":"users_external_id","columnNames":["org_id","external_id"],"isUnique":false},
      {"name":"users_user_name_anywhere","columnNames":["user_name_key"],"isUnique":false},
      {"name":"users_email_anywhere","columnNames":["email_key"],"isUnique":false},
      {"name":"users_order","columnNames":["org_id","created_at","id"],"isUnique":false},
      {"name":"users_active","columnNames":["org_id","active","created_at","id","user_name_key"],"isUnique":false},
    ],
    foreignKeys: [
      {"name":"FK_0a13270cd3101fd16b8000e00d4","columnNames":["org_id"],"referencedTableName":"organizations","referencedColumnNames":["id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'identities',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"user_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"connection_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"subject","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"last_login_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"identities_subject","columnNames":["org_id","connection_id","subject"],"isUnique":true},
      {"name":"identities_user","columnNames":["org_id","user_id","connection_id"],"isUnique":true},
    ],
    foreignKeys: [
      {"name":"FK_274f38bfff03f34351094ce7994","columnNames":["org_id","user_id"],"referencedTableName":"users","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
      {"name":"FK_cc2734c7cca53a874c60646c5e5","columnNames":["org_id","connection_id"],"referencedTableName":"connections","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'user_aliases',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"user_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"user_aliases_id","columnNames":["id"],"isUnique":true},
      {"name":"user_aliases_user","columnNames":["org_id","user_id"],"isUnique":false},
    ],
    foreignKeys: [
      {"name":"FK_175f0ba09debc52c56748cc5514","columnNames":["org_id","user_id"],"referencedTableName":"users","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'synced_people',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"connection_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"subject","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"user_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"present","type":"boolean","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"synced_people_user","columnNames":["org_id","user_id"],"isUnique":false},
    ],
    foreignKeys: [
      {"name":"FK_38bf30904464ab249a9f3492745","columnNames":["org_id","user_id"],"referencedTableName":"users","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
      {"name":"FK_767aa12db4dad865f16874c7fdb","columnNames":["org_id","connection_id"],"referencedTableName":"connections","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'connection_syncs',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"connection_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"due_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"lease","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"lease_until","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"cursor","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"full_at","type":"bigint","isPrimary":false,"isNullable":true},
    ],
    indices: [
      {"name":"connection_syncs_due","columnNames":["due_at"],"isUnique":false},
    ],
    foreignKeys: [
      {"name":"FK_7ecb3bb7b07963841eaf7dd3719","columnNames":["org_id","connection_id"],"referencedTableName":"connections","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'sync_runs',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"connection_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"status","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"dry_run","type":"boolean","isPrimary":false,"isNullable":false},
      {"name":"whole","type":"boolean","isPrimary":false,"isNullable":false},
      {"name":"counts","type":"text","isPrimary":false,"isNullable":false},
      {"name":"problems","type":"text","isPrimary":false,"isNullable":false},
      {"name":"error","type":"text","isPrimary":false,"isNullable":true},
      {"name":"brake","type":"text","isPrimary":false,"isNullable":true},
      {"name":"started_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"finished_at","type":"bigint","isPrimary":false,"isNullable":true},
    ],
    indices: [
      {"name":"sync_runs_connection","columnNames":["org_id","connection_id","started_at","id"],"isUnique":false},
    ],
    foreignKeys: [
      {"name":"FK_40ba4a056b15e92bf50385359b3","columnNames":["org_id","connection_id"],"referencedTableName":"connections","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'groups',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"display_name","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"display_name_key","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"external_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"scim","type":"text","isPrimary":false,"isNullable":false},
      {"name":"source","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"updated_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"version","type":"integer","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"groups_name","columnNames":["org_id","display_name_key"],"isUnique":true},
      {"name":"groups_order","columnNames":["org_id","created_at","id"],"isUnique":false},
    ],
    foreignKeys: [
      {"name":"FK_b7379dfe5898f32ecdae845b49c","columnNames":["org_id"],"referencedTableName":"organizations","referencedColumnNames":["id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'group_members',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"group_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"user_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"sources","type":"text","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"group_members_user","columnNames":["org_id","user_id"],"isUnique":false},
    ],
    foreignKeys: [
      {"name":"FK_19947682a4edb045c441d7645b4","columnNames":["org_id","group_id"],"referencedTableName":"groups","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
      {"name":"FK_efaaf885f0c1d95a1443c9504a8","columnNames":["org_id","user_id"],"referencedTableName":"users","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'role_mappings',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"group","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"attribute_name","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"attribute_value","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"role","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"client_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"updated_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"version","type":"integer","isPrimary":false,"isNullable":false},
    ],
    indices: [
    ],
    foreignKeys: [
      {"name":"FK_5e2f8ca3d04b85660dfd025a4bc","columnNames":["org_id"],"referencedTableName":"organizations","referencedColumnNames":["id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'contacts',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"email","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"name","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"notices","type":"text","isPrimary":false,"isNullable":true},
      {"name":"language","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"updated_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"version","type":"integer","isPrimary":false,"isNullable":false},
    ],
    indices: [
    ],
    foreignKeys: [
      {"name":"FK_1d08650bc5dee86e125aa413a13","columnNames":["org_id"],"referencedTableName":"organizations","referencedColumnNames":["id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'user_roles',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"user_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"role","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"client_id","type":"varchar","isPrimary":true,"isNullable":false},
    ],
    indices: [
    ],
    foreignKeys: [
      {"name":"FK_db478f16f7e1ec32b971f179edc","columnNames":["org_id","user_id"],"referencedTableName":"users","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'sessions',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"user_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"connection_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"uid_hash","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"auth_time","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"acr","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"amr","type":"text","isPrimary":false,"isNullable":false},
      {"name":"sealed_upstream","type":"text","isPrimary":false,"isNullable":true},
      {"name":"upstream_hash","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"ip","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"user_agent","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"expires_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"sessions_uid","columnNames":["uid_hash"],"isUnique":true},
      {"name":"sessions_user","columnNames":["org_id","user_id"],"isUnique":false},
      {"name":"sessions_connection","columnNames":["org_id","connection_id","upstream_hash"],"isUnique":false},
      {"name":"sessions_expiry","columnNames":["expires_at"],"isUnique":false},
    ],
    foreignKeys: [
      {"name":"FK_2891e649e97d887b21c8e2a9440","columnNames":["org_id","user_id"],"referencedTableName":"users","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
      {"name":"FK_aa4572632e5af63a6e33ab713ec","columnNames":["org_id","connection_id"],"referencedTableName":"connections","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'app_grants',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"grant_hash","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"session_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"user_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"connection_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"client_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"told_sub","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"sid","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"auth_time","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"acr","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"amr","type":"text","isPrimary":false,"isNullable":false},
      {"name":"session_expires_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"app_grants_hash","columnNames":["grant_hash"],"isUnique":true},
      {"name":"app_grants_session","columnNames":["org_id","session_id"],"isUnique":false},
      {"name":"app_grants_user","columnNames":["org_id","user_id"],"isUnique":false},
      {"name":"app_grants_connection","columnNames":["org_id","connection_id"],"isUnique":false},
      {"name":"app_grants_client","columnNames":["client_id"],"isUnique":false},
    ],
    foreignKeys: [
      {"name":"FK_e8dbe7892b0dafd4c8306080136","columnNames":["org_id","user_id"],"referencedTableName":"users","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
      {"name":"FK_bb8f8b66d377f9a6ecf2f9c6ce5","columnNames":["org_id","connection_id"],"referencedTableName":"connections","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'rechecks',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"session_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"user_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"connection_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"sealed_kept","type":"text","isPrimary":false,"isNullable":false},
      {"name":"ask_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"failing_since","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"expires_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"rechecks_user","columnNames":["org_id","user_id"],"isUnique":false},
      {"name":"rechecks_connection","columnNames":["org_id","connection_id"],"isUnique":false},
      {"name":"rechecks_expiry","columnNames":["expires_at"],"isUnique":false},
    ],
    foreignKeys: [
      {"name":"FK_22b3725ccf188453548ba22da30","columnNames":["org_id","user_id"],"referencedTableName":"users","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
      {"name":"FK_3e3a12c12346b65c7419cbcc15c","columnNames":["org_id","connection_id"],"referencedTableName":"connections","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'consents',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"user_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"client_id","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"scopes","type":"text","isPrimary":false,"isNullable":false},
      {"name":"claims","type":"text","isPrimary":false,"isNullable":false},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"updated_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"consents_app","columnNames":["org_id","user_id","client_id"],"isUnique":true},
    ],
    foreignKeys: [
      {"name":"FK_bafc23cd717881eedf26aaf35a6","columnNames":["org_id","user_id"],"referencedTableName":"users","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'scim_tokens',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"token_hash","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"name","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"connection_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"dialect","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"detected_dialect","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"ip_ranges","type":"text","isPrimary":false,"isNullable":true},
      {"name":"expires_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"last_used_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"silence_told_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"scim_tokens_hash","columnNames":["org_id","token_hash"],"isUnique":true},
    ],
    foreignKeys: [
      {"name":"FK_4e51d800600f6b1b974ebdb7282","columnNames":["org_id"],"referencedTableName":"organizations","referencedColumnNames":["id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'scim_requests',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"token_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"token_name","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"dialect","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"method","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"path","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"status","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"error_code","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"duration_ms","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"resource_ids","type":"text","isPrimary":false,"isNullable":false},
      {"name":"changes","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"replay_of","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"bytes","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"sealed_request","type":"text","isPrimary":false,"isNullable":true},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"scim_requests_order","columnNames":["org_id","created_at","id"],"isUnique":false},
      {"name":"scim_requests_age","columnNames":["created_at"],"isUnique":false},
    ],
    foreignKeys: [
      {"name":"FK_1612364c1933b29183332e79934","columnNames":["org_id"],"referencedTableName":"organizations","referencedColumnNames":["id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'user_emails',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"value_key","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"user_id","type":"varchar","isPrimary":true,"isNullable":false},
    ],
    indices: [
      {"name":"user_emails_user","columnNames":["org_id","user_id"],"isUnique":false},
    ],
    foreignKeys: [
      {"name":"FK_abaa090d33e5077d2285f6b3c43","columnNames":["org_id","user_id"],"referencedTableName":"users","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'import_jobs',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"status","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"format","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"dry_run","type":"boolean","isPrimary":false,"isNullable":false},
      {"name":"act","type":"text","isPrimary":false,"isNullable":false},
      {"name":"total","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"done","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"created","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"updated","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"unchanged","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"refused","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"lease","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"leased_until","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"failures","type":"integer","isPrimary":false,"isNullable":false},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"finished_at","type":"bigint","isPrimary":false,"isNullable":true},
    ],
    indices: [
      {"name":"import_jobs_order","columnNames":["org_id","created_at","id"],"isUnique":false},
      {"name":"import_jobs_due","columnNames":["status","created_at"],"isUnique":false},
    ],
    foreignKeys: [
      {"name":"FK_bbe2a6a8105c2f8fd744b2a6bd6","columnNames":["org_id"],"referencedTableName":"organizations","referencedColumnNames":["id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'import_rows',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"job_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"sealed_row","type":"text","isPrimary":false,"isNullable":true},
      {"name":"name_hash","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"outcome","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"user_id","type":"varchar","isPrimary":false,"isNullable":true},
      {"name":"sealed_report","type":"text","isPrimary":false,"isNullable":true},
    ],
    indices: [
      {"name":"import_rows_name","columnNames":["org_id","job_id","name_hash"],"isUnique":false},
      {"name":"import_rows_user","columnNames":["org_id","user_id"],"isUnique":false},
    ],
    foreignKeys: [
      {"name":"FK_eb7f132a6c805cc54c8aaeb8a47","columnNames":["org_id","job_id"],"referencedTableName":"import_jobs","referencedColumnNames":["org_id","id"],"onDelete":"CASCADE"},
    ],
  },
  {
    name: 'setup_links',
    columns: [
      {"name":"org_id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"id","type":"varchar","isPrimary":true,"isNullable":false},
      {"name":"token_hash","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"name","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"steps","type":"text","isPrimary":false,"isNullable":false},
      {"name":"requires_approval","type":"boolean","isPrimary":false,"isNullable":false},
      {"name":"status","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"approval","type":"varchar","isPrimary":false,"isNullable":false},
      {"name":"draft","type":"text","isPrimary":false,"isNullable":false},
      {"name":"opened_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"progressed_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"finished_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"revoked_at","type":"bigint","isPrimary":false,"isNullable":true},
      {"name":"expires_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"created_at","type":"bigint","isPrimary":false,"isNullable":false},
      {"name":"version","type":"integer","isPrimary":false,"isNullable":false},
    ],
    indices: [
      {"name":"setup_links_token","columnNames":["token_hash"],"isUnique":true},
    ],
    foreignKeys: [
      {"name":"FK_9adda2a56da5edba7dd4a552ae4","columnNames":["org_id"],"referencedTableName":"organizations","referencedColumnNames":["id"],"onDelete":"CASCADE"},
    ],
  },
];

export class Initial1767225600000 implements MigrationInterface {
  name = 'Initial1767225600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.createTable(new Table(table), false, true, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await runner.dropTable(table.name, false, true, true);
  }
}
