/**
 * Who may import whom: the one array that the picture in docs/architecture.md and the check in .dependency-cruiser.mjs are made from.
 * A room imports rooms on lower floors only; rooms on one floor are strangers.
 */
export const floors: readonly (readonly string[])[] = [
  ['kernel'],
  ['config', 'storage', 'pages'],
  ['audit', 'http'],
  ['organizations'],
  ['routing', 'users'],
  ['linking', 'tokens', 'directory', 'events', 'signals'],
  ['login', 'admin', 'setup', 'operators', 'notices'],
  ['doctor'],
  ['cli'],
];

export const rooms: readonly string[] = floors.flat();

/** One folder per upstream protocol: strangers to each other and to `src`. */
export const connectors: readonly string[] = ['saml', 'oidc', 'ldap'];

const http_facing = [
  'src/http',
  'src/tokens',
  'src/login',
  'src/directory',
  'src/signals',
  'src/admin',
  'src/setup',
  'src/operators',
  'src/main.ts',
  'src/broker.ts',
  'src/issuer_limits.ts',
  'src/signal_doors.ts',
];

/** Every package that the sources may import, and from where. What is not listed is refused. `*`: every room but the kernel. */
export const packages: Readonly<Record<string, readonly string[]>> = {
  typeorm: ['src/storage'],
  'better-sqlite3': ['src/storage'],
  pg: ['src/storage'],
  'oidc-provider': ['src/tokens'],
  'xml-crypto': ['src/mock'],
  'openid-client': ['connectors/oidc'],
  ldapts: ['connectors/ldap', 'src/mock'],
  koa: http_facing,
  '@koa/router': http_facing,
  '@koa/bodyparser': http_facing,
  'koa-compose': http_facing,
  jose: ['src/tokens', 'src/signals', 'connectors/oidc', 'src/mock'],
  zod: ['*', 'connectors'],
  '@asteasolutions/zod-to-openapi': ['src/admin'],
  '@scalar/api-reference': ['src/admin'],
  pino: ['src/http', 'src/main.ts', 'src/wiring.ts', 'src/broker.ts', 'src/cli'],
  'prom-client': ['src/http'],
  'rate-limiter-flexible': ['src/http'],
  undici: ['src/http'],
  'ipaddr.js': ['src/http', 'src/config'],
  tldts: ['src/organizations', 'src/routing'],
  react: ['src/pages'],
  'react-dom': ['src/pages'],
  'intl-messageformat': ['src/pages'],
  commander: ['src/cli'],
  'csv-parse': ['src/users'],
  yaml: ['src/config', 'src/organizations', 'src/cli', 'src/mock'],
  re2js: ['src/linking', 'src/organizations'],
  'scim2-parse-filter': ['src/directory', 'src/users', 'src/organizations'],
  standardwebhooks: ['src/events'],
  nodemailer: ['src/notices'],
  otplib: ['src/operators'],
  qrcode: ['src/operators'],
  '@simplewebauthn/server': ['src/operators'],
  // asked for by @peculiar/x509 before it loads
  'reflect-metadata': ['src/organizations', 'src/tokens', 'connectors/saml', 'connectors/shared', 'src/mock'],
  '@peculiar/x509': ['src/organizations', 'src/tokens', 'connectors/saml', 'connectors/shared', 'src/mock'],
};
