import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensure_packages } from '../debian_packages.ts';
import { end_group } from './process_group.ts';
import { type TlsFiles, write_tls_files } from './tls_files.ts';

export const SAMBA_BASE = 'DC=corp,DC=example';
export const SAMBA_HOST = 'dc1.corp.example';
/** Of every person. */
export const SAMBA_PASSWORD = 'Passw0rd!';
export const SAMBA_SERVICE = { dn: `CN=svc-gateway,OU=Services,${SAMBA_BASE}`, password: 'gateway-Passw0rd' };

export interface SambaAd {
  /** Its ports are fixed, so it has an address of its own: 389 and 636 there. */
  readonly address: string;
  readonly ca_pem: string;
  readonly other_ca_pem: string;
  stop(): Promise<void>;
}

const run = promisify(execFile);

/** Provisions and starts a private Active Directory domain controller (Debian's Samba) on a loopback address of its own. Needs root. */
export async function start_samba_ad(): Promise<SambaAd> {
  ensure_packages({
    'samba-ad-dc': '/usr/sbin/samba',
    'samba-ad-provision': '/usr/share/samba/setup/provision.ldif',
    'python3-samba': '/usr/lib/python3/dist-packages/samba/samdb.py',
    iproute2: '/bin/ip',
  });
  const folder = mkdtempSync(join(tmpdir(), 'postern-samba-'));
  const address = await free_address();
  const has_address = Object.values(networkInterfaces()).some((list) => list?.some((one) => one.address === address));
  if (!has_address) await run('/bin/ip', ['address', 'add', `${address}/8`, 'dev', 'lo']);
  const tls = await write_tls_files(folder, [SAMBA_HOST, 'corp.example', address]);
  const configuration = join(folder, 'smb.conf');
  for (const name of ['run', 'private', 'state', 'state/sysvol/corp.example/scripts', 'cache', 'lock'])
    mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(configuration, smb_conf(folder, address, tls));
  const clean = async (): Promise<void> => {
    rmSync(folder, { recursive: true, force: true });
    if (!has_address) await run('/bin/ip', ['address', 'del', `${address}/8`, 'dev', 'lo']).catch(() => undefined);
  };
  try {
    const domain = [
      '--realm=CORP.EXAMPLE',
      '--domain=CORP',
      '--server-role=dc',
      '--dns-backend=NONE',
      '--host-name=dc1',
      `--host-ip=${address}`,
    ];
    await run('/usr/bin/samba-tool', ['domain', 'provision', `--configfile=${configuration}`, ...domain, '--adminpass=Adm1n-Passw0rd!']);
    await run('/usr/bin/python3', [join(import.meta.dirname, 'samba_seed.py'), configuration, SAMBA_PASSWORD]);
  } catch (error) {
    await clean();
    throw error;
  }
  // a process group of its own: Samba has many children
  const server = spawn('/usr/sbin/samba', ['-i', '--debug-stdout', `--configfile=${configuration}`], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [server.stdout, server.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-5000)));
  const stop = async (): Promise<void> => {
    await end_group(server.pid);
    await clean();
  };
  for (let tries = 300; !(await answers(address, 636)); tries--) {
    if (tries <= 0 || server.exitCode !== null) {
      await stop();
      throw new Error(`Samba did not start:\n${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { address, ca_pem: tls.ca_pem, other_ca_pem: tls.other_ca_pem, stop };
}

const smb_conf = (folder: string, address: string, tls: TlsFiles): string => `
[global]
  netbios name = DC1
  realm = CORP.EXAMPLE
  workgroup = CORP
  server role = active directory domain controller
  server services = ldap
  interfaces = ${address}/8
  bind interfaces only = yes
  private dir = ${folder}/private
  state directory = ${folder}/state
  cache directory = ${folder}/cache
  lock directory = ${folder}/lock
  pid directory = ${folder}/run
  ncalrpc dir = ${folder}/run/ncalrpc
  winbindd socket directory = ${folder}/run/winbindd
  ntp signd socket directory = ${folder}/run/ntp
  binddns dir = ${folder}/bind-dns
  posix:eadb = ${folder}/eadb.tdb
  ldb:nosync = true
  tls keyfile = ${tls.key_file}
  tls certfile = ${tls.certificate_file}
  tls cafile = ${tls.ca_file}
  ldap server require strong auth = yes
  log level = 1
[sysvol]
  path = ${folder}/state/sysvol
  read only = no
[netlogon]
  path = ${folder}/state/sysvol/corp.example/scripts
  read only = no
`;

/** A loopback address on which nobody serves LDAP. */
async function free_address(): Promise<string> {
  for (let last = 20; last < 250; last++) {
    const address = `127.0.0.${last}`;
    const free = await new Promise<boolean>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(false));
      server.listen(636, address, () => server.close(() => resolve(true)));
    });
    if (free) return address;
  }
  throw new Error('There is no loopback address left.');
}

function answers(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const settle = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
  });
}
