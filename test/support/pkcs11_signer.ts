import { execFile, execFileSync } from 'node:child_process';
import { createHash, createPublicKey, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Signer } from '../../src/tokens/index.ts';

const MODULE = '/usr/lib/softhsm/libsofthsm2.so';
const PIN = '0001password';
const run = promisify(execFile);

/** What an algorithm is in PKCS#11: RSA hashes within the token, an elliptic curve signs a hash and answers the two numbers one after the other (RFC 7518 section 3.4). */
const kinds = {
  RS256: { key_type: 'rsa:2048', mechanism: 'SHA256-RSA-PKCS', hashed: false },
  ES256: { key_type: 'EC:prime256v1', mechanism: 'ECDSA', hashed: true },
} as const;

export interface Pkcs11Token {
  /** Makes a key in the token; it cannot be taken out. */
  signer(alg: keyof typeof kinds): Signer;
  /** What the token says of a private key. */
  about(kid: string): string;
  remove(): void;
}

/** A token of softhsm2 in a folder of its own, spoken to by OpenSC's pkcs11-tool. */
export function pkcs11_token(): Pkcs11Token {
  const folder = mkdtempSync(join(tmpdir(), 'postern-softhsm-'));
  mkdirSync(join(folder, 'tokens'));
  const conf = join(folder, 'softhsm2.conf');
  writeFileSync(conf, `directories.tokendir = ${join(folder, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  const env = { ...process.env, SOFTHSM2_CONF: conf };
  execFileSync('softhsm2-util', ['--init-token', '--free', '--label', 'postern', '--pin', PIN, '--so-pin', PIN], { env, stdio: 'ignore' });
  const common = ['--module', MODULE, '--token-label', 'postern', '--login', '--pin', PIN];
  const tool = (...more: string[]) => execFileSync('pkcs11-tool', [...common, ...more], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ids = new Map<string, string>();
  return {
    signer(alg) {
      const { key_type, mechanism, hashed } = kinds[alg];
      const id = randomBytes(4).toString('hex');
      const kid = `hsm-${id}`;
      ids.set(kid, id);
      tool('--keypairgen', '--key-type', key_type, '--id', id, '--label', kid, '--usage-sign');
      const read = join(folder, `${id}.der`);
      tool('--read-object', '--type', 'pubkey', '--id', id, '--output-file', read);
      const public_key = createPublicKey(execFileSync('openssl', ['pkey', '-pubin', '-inform', 'DER', '-in', read], { env }));
      return {
        ...{ kid, alg, public_key },
        async sign(data) {
          const [input, output] = [
            join(folder, `${randomBytes(8).toString('hex')}.in`),
            join(folder, `${randomBytes(8).toString('hex')}.out`),
          ];
          writeFileSync(input, hashed ? createHash('sha256').update(data).digest() : data);
          await run(
            'pkcs11-tool',
            [...common, '--sign', '--id', id, '--mechanism', mechanism, '--input-file', input, '--output-file', output],
            { env },
          );
          return readFile(output);
        },
      };
    },
    about: (kid) => tool('--list-objects', '--type', 'privkey', '--id', ids.get(kid) ?? '').toString(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
