import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensure_packages } from '../debian_packages.ts';
import { end_group } from './process_group.ts';

const PROGRAM = '/usr/share/simplesamlphp';
const FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';
const NAME_ID = {
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  transient: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
  email: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
} as const;

export interface SimpleSamlPhpOptions {
  /** Metadata of the service providers that it knows. */
  readonly sp_metadata: readonly string[];
  readonly sign_response?: boolean;
  readonly sign_assertion?: boolean;
  readonly encrypt?: boolean;
  /** Refuses requests that are not signed by the service provider. */
  readonly validate_requests?: boolean;
  readonly name_id?: keyof typeof NAME_ID;
  /** Attributes by OID instead of by name. */
  readonly oids?: boolean;
  /** `announced`: the next key is in the metadata beside the current one; `done`: the next one signs. */
  readonly rollover?: 'announced' | 'done';
  /** Seconds that its clock is ahead. */
  readonly clock_ahead?: number;
  readonly signature_algorithm?: string;
  /** Whom its assertions are for, instead of whoever asked: somebody mistyped it. */
  readonly audience?: string;
  /** Attributes that it keeps to itself. */
  readonly withheld?: readonly string[];
  /** Keeps keys and port of one that ran before: its folder. */
  readonly again?: SimpleSamlPhp;
}

export interface SimpleSamlPhp {
  readonly port: number;
  readonly folder: string;
  readonly entity_id: string;
  readonly metadata_url: string;
  /** Where a person starts at the identity provider. */
  idp_initiated_url(sp_entity_id: string, relay_state?: string): string;
  /** Where a person signs out at the identity provider. */
  readonly logout_url: string;
  /** Writes its configuration anew; it counts from the next request on. */
  configure(changed: SimpleSamlPhpOptions): void;
  /** Ends the server; its folder stays until `dispose`. */
  stop(): Promise<void>;
  dispose(): Promise<void>;
}

/** Who can sign in there: `user:password`. */
export const USERS = { student: 'studentpass', employee: 'employeepass' } as const;

const users_php = `[
  'student:studentpass' => ['uid' => ['student'], 'mail' => ['student@partner.example'], 'givenName' => ['Stu'], 'sn' => ['Dent'], 'displayName' => ['Stu Dent'], 'groups' => ['staff', 'readers']],
  'employee:employeepass' => ['uid' => ['employee'], 'mail' => ['employee@partner.example'], 'givenName' => ['Em'], 'sn' => ['Ployée <&>'], 'groups' => ['admins']],
]`;

/** Starts Debian's SimpleSAMLphp as identity provider under PHP's own web server, with everything it writes in a folder of its own. */
export async function start_simplesamlphp(options: SimpleSamlPhpOptions): Promise<SimpleSamlPhp> {
  ensure_packages({
    'php-cli': '/usr/bin/php',
    'php-xml': '/usr/share/doc/php-xml/copyright',
    'php-mbstring': '/usr/share/doc/php-mbstring/copyright',
    simplesamlphp: `${PROGRAM}/www/index.php`,
    ...(options.clock_ahead !== undefined && { libfaketime: FAKETIME }),
  });
  const folder = options.again?.folder ?? mkdtempSync(join(tmpdir(), 'postern-simplesamlphp-'));
  const port = options.again?.port ?? (await free_port());
  const base = `http://127.0.0.1:${port}/simplesaml/`;
  if (options.again === undefined) prepare(folder);
  configure(folder, base, options);
  const server = serve(folder, port, options.clock_ahead);
  const entity_id = `${base}saml2/idp/metadata.php`;
  await wait_for(`${entity_id}?output=xhtml`, server);
  // the web server and its workers are a group of their own
  const stop = (): Promise<void> => end_group(server.pid);
  return {
    port,
    folder,
    entity_id,
    metadata_url: entity_id,
    idp_initiated_url(sp_entity_id, relay_state) {
      const query = new URLSearchParams({ spentityid: sp_entity_id, ...(relay_state !== undefined && { RelayState: relay_state }) });
      return `${base}saml2/idp/SSOService.php?${query.toString()}`;
    },
    logout_url: `${base}saml2/idp/SingleLogoutService.php?ReturnTo=${encodeURIComponent(`${base}logout.php`)}`,
    configure: (changed) => configure(folder, base, changed),
    stop,
    async dispose() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Folders, and the two signing keys. */
function prepare(folder: string): void {
  for (const name of ['config', 'cert', 'metadata', 'log', 'data', 'tmp', 'sessions', 'root']) mkdirSync(join(folder, name));
  symlinkSync(`${PROGRAM}/www`, join(folder, 'root', 'simplesaml'));
  for (const name of ['current', 'next']) {
    const files = ['-keyout', join(folder, 'cert', `${name}.key`), '-out', join(folder, 'cert', `${name}.crt`)];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-sha256', '-days', '3650', '-subj', `/CN=simplesamlphp ${name}`, ...files],
      { stdio: 'ignore' },
    );
  }
}

/** A PHP file that sets one variable. Values here are made by the tests, not by strangers. */
function write_php(file: string, name: 'config' | 'metadata', value: string): void {
  writeFileSync(file, `<?php\n$${name} = ${value};\n`);
}

function configure(folder: string, base: string, options: SimpleSamlPhpOptions): void {
  const metadata = options.sp_metadata.map((xml, index) => {
    const file = join(folder, 'metadata', `sp${index}.xml`);
    writeFileSync(file, xml);
    return `['type' => 'xml', 'file' => '${file}']`;
  });
  const map = options.oids === true ? `50 => ['class' => 'core:AttributeMap', 'name2oid'],` : '';
  const withheld = (options.withheld ?? []).map((name) => `unset($attributes["${name}"]);`).join(' ');
  const audience = options.audience === undefined ? '' : `$state["SPMetadata"]["entityid"] = "${options.audience}";`;
  const php = `${withheld}${audience}`;
  const filter = php === '' ? '' : `60 => ['class' => 'core:PHP', 'code' => '${php}'],`;
  write_php(
    join(folder, 'config', 'config.php'),
    'config',
    `[
  'baseurlpath' => '${base}', 'certdir' => '${folder}/cert/', 'loggingdir' => '${folder}/log/', 'datadir' => '${folder}/data/',
  'tempdir' => '${folder}/tmp', 'metadatadir' => '${folder}/metadata/', 'attributenamemapdir' => '/etc/simplesamlphp/attributemap/',
  'secretsalt' => 'only for tests, never for anything else', 'auth.adminpassword' => 'only-for-tests', 'technicalcontact_email' => 'na@example.org',
  'timezone' => 'UTC', 'logging.handler' => 'file', 'logging.level' => 5, 'enable.http_post' => true, 'enable.saml20-idp' => true,
  'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true], 'store.type' => 'phpsession',
  'session.phpsession.savepath' => '${folder}/sessions', 'session.cookie.secure' => false, 'session.cookie.samesite' => null,
  'session.phpsession.cookiename' => 'SimpleSAMLphpTest', 'language.cookie.secure' => false, 'language.available' => ['en'], 'language.default' => 'en',
  'trusted.url.domains' => null, 'production' => true, 'admin.checkforupdates' => false, 'statistics.out' => [],
  'authproc.idp' => [${map}${filter}], 'authproc.sp' => [], 'metadata.sources' => [['type' => 'flatfile'], ${metadata.join(', ')}],
]`,
  );
  write_php(
    join(folder, 'config', 'authsources.php'),
    'config',
    `['admin' => ['core:AdminPassword'], 'users' => array_merge(['exampleauth:UserPass'], ${users_php})]`,
  );
  const [current, next] = options.rollover === 'done' ? ['next', 'current'] : ['current', 'next'];
  const announced = options.rollover === undefined ? '' : `'new_privatekey' => '${next}.key', 'new_certificate' => '${next}.crt',`;
  const on = (value: boolean | undefined, otherwise: boolean): string => String(value ?? otherwise);
  const bindings = `['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST']`;
  writeFileSync(
    join(folder, 'metadata', 'saml20-idp-hosted.php'),
    `<?php
$metadata['${base}saml2/idp/metadata.php'] = [
  'host' => '__DEFAULT__', 'auth' => 'users', 'privatekey' => '${current}.key', 'certificate' => '${current}.crt', ${announced}
  'saml20.sign.response' => ${on(options.sign_response, true)}, 'saml20.sign.assertion' => ${on(options.sign_assertion, true)},
  'assertion.encryption' => ${on(options.encrypt, false)}, 'sign.logout' => true, 'redirect.sign' => true,
  'validate.authnrequest' => ${on(options.validate_requests, false)}, 'redirect.validate' => ${on(options.validate_requests, false)},
  'signature.algorithm' => '${options.signature_algorithm ?? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'}',
  'NameIDFormat' => ['${NAME_ID[options.name_id ?? 'persistent']}'], 'simplesaml.nameidattribute' => 'uid',
  'authproc' => [
    3 => ['class' => 'saml:AttributeNameID', 'attribute' => 'mail', 'Format' => '${NAME_ID.email}'],
    5 => ['class' => 'saml:PersistentNameID', 'attribute' => 'uid'],
    6 => ['class' => 'saml:TransientNameID'],
  ],
  'SingleSignOnServiceBinding' => ${bindings}, 'SingleLogoutServiceBinding' => ${bindings},
];
`,
  );
  writeFileSync(join(folder, 'metadata', 'saml20-sp-remote.php'), '<?php\n');
}

function serve(folder: string, port: number, clock_ahead: number | undefined): ChildProcess {
  const wrong_clock = clock_ahead === undefined ? {} : { LD_PRELOAD: FAKETIME, FAKETIME: `+${clock_ahead}s` };
  // what is written counts at once, not when a cache looks again
  const settings = ['display_errors=0', 'session.gc_probability=0', 'opcache.enable=0'].flatMap((setting) => ['-d', setting]);
  return spawn('php', [...settings, '-S', `127.0.0.1:${port}`, '-t', join(folder, 'root')], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, PHP_CLI_SERVER_WORKERS: '2', SIMPLESAMLPHP_CONFIG_DIR: join(folder, 'config'), ...wrong_clock },
  });
}

async function wait_for(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 150; ; tries--) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok === true) return;
    if (tries <= 0 || server.exitCode !== null) throw new Error(`SimpleSAMLphp did not start: ${answer?.status ?? 'no answer'} at ${url}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function free_port(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
