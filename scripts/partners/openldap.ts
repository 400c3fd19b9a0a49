import { spawn, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'ldapts';
import { ensure_packages } from '../debian_packages.ts';
import { ACCOUNTS, BASE, group_entries, seed_ldif } from './openldap_seed.ts';
import { write_tls_files } from './tls_files.ts';

export { ACCOUNTS, BASE, PASSWORD } from './openldap_seed.ts';

export interface OpenLdap {
  readonly port: number;
  readonly tls_port: number;
  readonly ca_pem: string;
  readonly other_ca_pem: string;
  stop(): Promise<void>;
}

export interface OpenLdapOptions {
  /** So many people more than the named ones: user0001, user0002, … */
  readonly extra?: number;
  /** Answers a name without a password with success, as RFC 4513 section 5.1.2 lets servers do. */
  readonly allow_unauthenticated?: boolean;
  /** Refuses passwords that come in clear. */
  readonly require_tls?: boolean;
  readonly certificate?: 'good' | 'expired';
}

/** Starts a private slapd of Debian's on two free loopback ports, in a folder that goes away with it. */
export async function start_openldap(options: OpenLdapOptions = {}): Promise<OpenLdap> {
  ensure_packages({ slapd: '/usr/sbin/slapd' });
  const folder = mkdtempSync(join(tmpdir(), 'postern-openldap-'));
  mkdirSync(join(folder, 'data'));
  const tls = await write_tls_files(folder, ['localhost', '127.0.0.1'], options.certificate);
  const configuration = join(folder, 'slapd.conf');
  writeFileSync(configuration, slapd_conf(folder, tls, options));
  const seed = join(folder, 'seed.ldif');
  // offline, because only there may operational attributes be set
  writeFileSync(seed, seed_ldif(options.extra ?? 0));
  execFileSync('/usr/sbin/slapadd', ['-q', '-f', configuration, '-l', seed], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [port, tls_port] = [await free_port(), await free_port()];
  const server = spawn(
    '/usr/sbin/slapd',
    ['-d', 'none', '-f', configuration, '-h', `ldap://127.0.0.1:${port} ldaps://127.0.0.1:${tls_port}`],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let log = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-5000)));
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    server.kill('SIGTERM');
    const late = setTimeout(() => server.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(late);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const connect = {
      url: `ldaps://127.0.0.1:${tls_port}`,
      timeout: 5000,
      connectTimeout: 5000,
      tlsOptions: { ca: tls.ca_pem, rejectUnauthorized: options.certificate !== 'expired' },
    };
    for (let tries = 100; ; tries--) {
      const client = new Client(connect);
      try {
        await client.bind(ACCOUNTS.administrator.dn, ACCOUNTS.administrator.password);
        // online, so that the memberOf overlay sees them
        for (const { dn, attributes } of group_entries()) await client.add(dn, attributes);
        break;
      } catch (error) {
        if (tries <= 0 || server.exitCode !== null || !/ECONNREFUSED/.test(String(error)))
          throw new Error(`slapd did not start:\n${log}`, { cause: error });
        await new Promise((resolve) => setTimeout(resolve, 50));
      } finally {
        await client.unbind().catch(() => undefined);
      }
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, tls_port, ca_pem: tls.ca_pem, other_ca_pem: tls.other_ca_pem, stop };
}

const slapd_conf = (
  folder: string,
  tls: { ca_file: string; certificate_file: string; key_file: string },
  options: OpenLdapOptions,
): string => `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload memberof
moduleload ppolicy
pidfile ${folder}/slapd.pid
TLSCACertificateFile ${tls.ca_file}
TLSCertificateFile ${tls.certificate_file}
TLSCertificateKeyFile ${tls.key_file}
TLSProtocolMin 3.3
TLSVerifyClient never
sizelimit size.soft=500 size.hard=500 size.pr=500 size.prtotal=unlimited
${options.require_tls === true ? 'security simple_bind=128' : ''}
${options.allow_unauthenticated === true ? 'allow bind_anon_dn' : ''}

database mdb
suffix ${BASE}
rootdn ${ACCOUNTS.administrator.dn}
rootpw ${ACCOUNTS.administrator.password}
directory ${folder}/data
maxsize 268435456
dbnosync
index objectClass,uid,mail,cn,member,memberOf,entryUUID eq
access to attrs=userPassword by anonymous auth by * none
access to attrs=entryUUID by dn.exact=${ACCOUNTS.blind.dn} none by dn.children=ou=services,${BASE} read by * none
access to * by dn.children=ou=services,${BASE} read by anonymous auth by * none
overlay memberof
memberof-group-oc groupOfNames
memberof-member-ad member
memberof-memberof-ad memberOf
overlay ppolicy
ppolicy_default cn=default,ou=policies,${BASE}
ppolicy_use_lockout
`;

function free_port(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
