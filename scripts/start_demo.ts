import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, start_app } from '../examples/node/app.ts';
import { parse_settings, report_problems, type Settings } from '../src/config/index.ts';
import { make_world, start } from '../src/main.ts';
import { type MockPartners, start_mock_partners } from '../src/mock/index.ts';
import { read_tenants } from '../src/organizations/tenants/index.ts';
import { open_postern, type World } from '../src/wiring.ts';

export interface Demo {
  readonly issuer: string;
  readonly app_url: string;
  readonly admin_key: string;
  readonly database_url: string;
  /** For the command: POSTERN_CONFIG, the settings of this installation. */
  readonly config_path: string;
  readonly partners: MockPartners;
  stop(): Promise<void>;
}

export interface DemoOptions {
  /** Of the caller: what makes sense of it is honoured (see below). */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The broker's port. 0: every port is any that is free. Absent: POSTERN_PORT, else the usual one, or a free one when that is taken. */
  readonly port?: number;
}

/** Not where the data is, nor its secret: the demo has a database of its own and never touches another. */
const honoured = ['POSTERN_HOST', 'POSTERN_PORT', 'POSTERN_LOG_LEVEL', 'POSTERN_RATE_LIMITS', 'POSTERN_ADMIN_KEY'];
const PORTS = { broker: 4400, app: 4410, partners: { saml: 4501, oidc: 4502, ldap: 4503, ldap_plain: 4504, ldap_control: 4505 } };
const CONFIG = 'postern.config.yaml';
const RESOURCE = 'https://api.sample.example';

/** The broker on SQLite in a folder of its own, three mock partners, and the sample app, wired to each other. */
export async function start_demo(options: DemoOptions): Promise<Demo> {
  const closing: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closing.reverse().splice(0)) await close();
  };
  try {
    const folder = mkdtempSync(join(tmpdir(), 'postern-demo-'));
    closing.push(() => rmSync(folder, { recursive: true, force: true }));
    const anywhere = options.port === 0;
    const partners = await (anywhere ? start_mock_partners() : start_partners());
    closing.push(() => partners.close());
    const settings = await demo_settings(options, folder, partners);
    const app_port = await choose_port(anywhere ? 0 : PORTS.app);
    const world = make_world(settings);
    const client_secret = await configure(world, partners, app_port);
    const broker = await start(world);
    closing.push(() => broker.stop(500));
    const app: App = await start_app({
      ...{ issuer: settings.issuer, client_id: 'sample-app', client_secret },
      ...{ port: app_port, host: '127.0.0.1', resource: RESOURCE },
    });
    closing.push(() => app.close());
    const { database, admin_key = '' } = settings;
    const database_url = database.kind === 'sqlite' ? `sqlite:${database.path}` : '';
    return { issuer: settings.issuer, app_url: app.url, admin_key, database_url, config_path: join(folder, CONFIG), partners, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function demo_settings({ env, port }: DemoOptions, folder: string, { saml, oidc, ldap }: MockPartners): Promise<Settings> {
  const wanted = port ?? (env['POSTERN_PORT'] === undefined ? undefined : Number(env['POSTERN_PORT']));
  const chosen = wanted === undefined || wanted === 0 ? await choose_port(wanted ?? PORTS.broker) : wanted;
  const secret_file = join(folder, 'postern.secret');
  writeFileSync(secret_file, randomBytes(32).toString('base64'), { mode: 0o600 });
  const own = {
    POSTERN_LOG_LEVEL: 'warn',
    POSTERN_NAME: 'Example Software',
    POSTERN_ADMIN_KEY: `demo_${randomBytes(24).toString('hex')}`,
    ...Object.fromEntries(honoured.filter((name) => (env[name] ?? '') !== '').map((name) => [name, env[name] ?? ''])),
    POSTERN_ISSUER: `http://localhost:${chosen}`,
    POSTERN_PORT: String(chosen),
    POSTERN_SECRET_FILE: secret_file,
    POSTERN_DATABASE_URL: `sqlite:${join(folder, 'postern.db')}`,
    POSTERN_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8,::1/128',
    POSTERN_WORKERS: '1',
    POSTERN_MOCKS_URL: [saml?.url, oidc?.url, ldap?.control_url].filter((url) => url !== undefined).join(','),
  };
  // the command reads the same
  const lines = Object.entries(own).map(([name, value]) => `${name.slice('POSTERN_'.length).toLowerCase()}: ${JSON.stringify(value)}\n`);
  writeFileSync(join(folder, CONFIG), lines.join(''), { mode: 0o600 });
  const result = parse_settings(own, (path) => (path === secret_file ? readFileSync(path, 'utf8') : undefined));
  if (!result.ok) throw new Error(report_problems(result.problems));
  return result.settings;
}

/** At their usual ports, or wherever there is room. */
async function start_partners(): Promise<MockPartners> {
  try {
    return await start_mock_partners({ ports: PORTS.partners });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    return start_mock_partners();
  }
}

/** Applies the demo's tenants file; answers the secret of the sample app. */
async function configure(world: World, { saml, oidc, ldap }: MockPartners, app_port: number): Promise<string> {
  const variables: Record<string, string | undefined> = {
    SAML_METADATA_URL: saml?.metadata_url,
    OIDC_ISSUER: oidc?.issuer,
    OIDC_CLIENT_ID: oidc?.client_id,
    OIDC_CLIENT_SECRET: oidc?.client_secret,
    LDAP_URL: ldap?.urls[0],
    LDAP_CA_PEM: ldap?.ca_pem,
    LDAP_BIND_DN: ldap?.bind_dn,
    LDAP_BIND_PASSWORD: ldap?.bind_password,
    LDAP_BASE_DN: ldap?.base_dn,
    APP_URL: `http://localhost:${app_port}`,
    // where this machine itself reaches the app: localhost may mean another address first
    APP_LOOPBACK_URL: `http://127.0.0.1:${app_port}`,
  };
  const file = read_tenants(readFileSync(join(import.meta.dirname, 'demo_tenants.yaml'), 'utf8'), (name) => variables[name]);
  const postern = await open_postern(world);
  try {
    await postern.storage.migrate();
    const { changes } = await postern.tenants.apply(file, { act: { actor: { kind: 'cli', name: 'demo' }, role: 'owner' } });
    const secret = changes.find(({ kind }) => kind === 'client')?.shown_once['client_secret'];
    if (secret === undefined) throw new Error('the sample app was registered without a secret');
    return secret;
  } finally {
    await postern.close();
  }
}

/** The usual port, or a free one when somebody has it. 0: a free one. */
async function choose_port(usual: number): Promise<number> {
  return (await try_port(usual)) ?? (await try_port(0)) ?? usual;
}

function try_port(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
}
