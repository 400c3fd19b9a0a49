import { z } from 'zod';
import { certificate_authorities, certificate_header, https_origin } from './client_certificates.ts';
import { addresses, mailbox, smtp_address } from './mail.ts';
import { optional_setting, setting } from './setting.ts';
import {
  admin_key,
  bind_address,
  database,
  host_name,
  issuer,
  networks,
  on_off,
  one_of,
  port,
  proxy_networks,
  secrets,
  slug,
  web_addresses,
  a_name,
  whole,
} from './values.ts';

/** Every setting: in the file under this name, in the environment as POSTERN_ and the name in capitals. */
export const settings_schema = z.object({
  issuer: setting(
    'http://localhost:4400',
    {
      summary:
        'The address that browsers and apps use. Every absolute URL is made from it, never from a Host header. https, or http on this machine only.',
      example: 'https://login.example.com',
    },
    issuer,
  ),
  name: optional_setting(
    {
      summary: 'Your name, as partners read it when they set themselves up and in mails.',
      default_note: 'the host of the issuer',
      example: 'Example Software',
    },
    a_name,
  ),
  host: setting(
    '127.0.0.1',
    { summary: 'The interface to listen on. 0.0.0.0 or :: for all of them, in a container for example.', example: '0.0.0.0' },
    host_name,
  ),
  port: setting('4400', { summary: 'The port to listen on.' }, port),
  database_url: setting(
    'sqlite:./data/postern.db',
    {
      summary: 'Where everything is kept: `sqlite:` with a relative or absolute path (its folder is made), or `postgres://`.',
      example: 'postgres://postern:…@db.internal:5432/postern',
      secret: true,
    },
    database,
  ),
  secret: optional_setting(
    {
      summary:
        'Seals secrets at rest: 32 bytes or more in base64 (`openssl rand -base64 32`). A list `new,old` rotates: the first seals, all open. While the issuer is http on this machine it is made once and kept beside the database.',
      default_note: 'none: needed as soon as the issuer is https',
      secret: true,
    },
    secrets,
  ),
  admin_key: optional_setting(
    {
      summary: 'The first key of the admin API, with the role owner. Any string of 32 characters or more.',
      default_note: 'none',
      secret: true,
    },
    admin_key,
  ),
  workers: optional_setting(
    { summary: 'How many processes serve.', default_note: '1 on SQLite, one per core on PostgreSQL' },
    whole(1, 256),
  ),
  trust_proxy: setting(
    '',
    {
      summary: 'Networks of the proxies in front. Only what they say about the address of a client is believed.',
      default_note: 'none',
      example: '10.0.0.0/24,fd00::/64',
    },
    proxy_networks,
  ),
  client_certificate_header: optional_setting(
    {
      summary:
        'The header in which a trusted proxy hands on the certificate of an app that speaks mutual TLS (RFC 8705): as `Client-Cert` of RFC 9440, or as the URL-encoded PEM of nginx. The proxy must set or remove it in every request; from anybody else it is ignored.',
      default_note: 'none: no app authenticates by certificate',
      example: 'Client-Cert',
    },
    certificate_header,
  ),
  client_certificate_ca: optional_setting(
    {
      summary:
        'The CA certificates, as PEM, that say who an app is (`tls_client_auth`); usually from a file, by POSTERN_CLIENT_CERTIFICATE_CA_FILE. Each one in it is trusted. Without any, an app can only register its own certificate (`self_signed_tls_client_auth`).',
      default_note: 'none',
    },
    certificate_authorities,
  ),
  mtls_origin: optional_setting(
    {
      summary:
        'The host at which the proxy asks for client certificates, where it is another than the issuer: discovery names it (`mtls_endpoint_aliases`).',
      default_note: 'none: the issuer itself asks',
      example: 'https://mtls.login.example.com',
    },
    https_origin,
  ),
  operators_organization: optional_setting(
    {
      summary:
        'The slug of the organization whose people, when they hold an admin role, may use the admin API and the console by signing in.',
      default_note: 'none',
      example: 'our-staff',
    },
    slug,
  ),
  console_second_factor: setting(
    'optional',
    {
      summary:
        'Whether an admin key opens the console only together with a second factor (authenticator app or passkey): optional or required. A key that has one always needs it.',
    },
    one_of('optional', 'required'),
  ),
  mocks_url: setting(
    '',
    {
      summary:
        'The control pages of mock partners of this installation, one for each: the console shows their people and turns their switches. Only to try things out.',
      default_note: 'none',
      example: 'http://localhost:4501,http://localhost:4502,http://localhost:4505',
    },
    web_addresses,
  ),
  log_level: setting(
    'info',
    { summary: 'fatal, error, warn, info, debug, trace or silent. Secrets are redacted at every level.' },
    one_of('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
  ),
  rate_limits: setting(
    'on',
    { summary: 'Limits on sign-in and token requests per client address and per account: on or off. Turn off for load tests only.' },
    on_off,
  ),
  allow_private_networks: setting(
    '',
    {
      summary:
        'Private networks that Postern may reach: metadata, discovery, JWKS, token, userinfo, LDAP, webhooks, back-channel logout, SCIM, logos. Plain http is allowed exactly there.',
      default_note: 'none',
      example: '10.20.0.0/16',
    },
    networks,
  ),
  metrics_address: optional_setting(
    {
      summary: 'Serves /metrics on an address of its own instead of beside everything else.',
      default_note: 'none: on the port above',
      example: '127.0.0.1:9464',
    },
    bind_address,
  ),
  smtp_url: optional_setting(
    {
      summary:
        'The mail server that notices leave by: `smtp://user:password@host:587` (STARTTLS is demanded, except on this machine) or `smtps://…:465`. `?tls=none` sends in clear inside a network that you trust; a password is never sent so.',
      default_note: 'none: no mail is sent',
      example: 'smtp://postern:…@mail.internal:587',
      secret: true,
    },
    smtp_address,
  ),
  mail_from: optional_setting(
    {
      summary: 'Who notices come from: an address, or a name and an address.',
      default_note: 'none: needed with POSTERN_SMTP_URL',
      example: 'Example Sign-in <signin@example.com>',
    },
    mailbox,
  ),
  operators_email: setting(
    '',
    {
      summary: 'Addresses of the operators, who get every notice of every organization.',
      default_note: 'none',
      example: 'oncall@example.com',
    },
    addresses,
  ),
  scim_silent_days: setting(
    '7',
    { summary: 'After how many days without a request a directory that used to push is reported as silent.' },
    whole(1, 365),
  ),
  trace_days: setting('30', { summary: 'How long the trace of a sign-in can be opened by its reference, in days.' }, whole(1, 3650)),
  scim_request_days: setting(
    '14',
    { summary: 'How long the requests of directories (SCIM) are kept to be looked at and done again, in days; 0: they are not.' },
    whole(0, 3650),
  ),
  scim_requests_kept: setting('2000', { summary: 'How many requests of directories each organization keeps at most.' }, whole(1, 100_000)),
  import_days: setting('30', { summary: 'How long a file of people that was imported keeps its report, in days.' }, whole(1, 3650)),
  audit_days: setting('0', { summary: 'How long audit events are kept, in days; 0: for good.' }, whole(0, 36_500)),
  receipt_days: setting('0', { summary: 'How long receipts of ended access are kept, in days; 0: for good.' }, whole(0, 36_500)),
  delivered_days: setting(
    '7',
    { summary: 'How long deliveries that arrived are kept to be looked at and sent again, in days.' },
    whole(1, 3650),
  ),
  given_up_days: setting(
    '0',
    { summary: 'How long deliveries that were given up are kept, in days; 0: until somebody looks.' },
    whole(0, 3650),
  ),
  erase_inactive_days: setting(
    '0',
    {
      summary:
        'After how many days a deactivated person whom nobody touched is erased, where the organization does not say otherwise; 0: never.',
    },
    whole(0, 36_500),
  ),
  login_minutes: setting('30', { summary: 'How long a sign-in may take from the first page to the last, in minutes.' }, whole(1, 1440)),
  session_hours: setting(
    '12',
    { summary: 'How long a session lasts at most, in hours. It ends earlier when the partner said so.' },
    whole(1, 24 * 90),
  ),
  refresh_idle_days: setting('14', { summary: 'After how many days without use a refresh token ends.' }, whole(1, 365)),
  refresh_days: setting('90', { summary: 'After how many days a family of refresh tokens ends, however much it is used.' }, whole(1, 3650)),
  signing_key_days: setting('90', { summary: 'The age at which a signing key is rotated by itself, in days.' }, whole(1, 3650)),
});

export type SettingName = keyof typeof settings_schema.shape;

export const setting_names: readonly SettingName[] = Object.keys(settings_schema.shape) as SettingName[]; // the shape's own keys

export const env_name = (name: string): string => `POSTERN_${name.toUpperCase()}`;
