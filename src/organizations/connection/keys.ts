import 'reflect-metadata'; // asked for by @peculiar/x509 before it loads
import { createPublicKey, webcrypto } from 'node:crypto';
import { X509CertificateGenerator } from '@peculiar/x509';
import type { ConnectionKey } from '../../../connectors/connector.ts';
import { new_id, type OrgId, rfc3339 } from '../../kernel/index.ts';
import type { ConnectionKeyRow, Protocol, Storage } from '../../storage/index.ts';
import type { OrganizationsDeps } from '../deps.ts';
import type { Body } from '../merge_patch.ts';
import { present_certificate } from './certificates.ts';
import type { ServiceProvider } from './schema.ts';

const DAY_MS = 86_400_000;
/** Partners trust the key, not its date; ten years is what they are used to. */
const LIFE_MS = 3650 * DAY_MS;
const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 3072, publicExponent: new Uint8Array([1, 0, 1]) };

type Use = ConnectionKeyRow['use'];

/** Which keys a connection needs of its own. */
export function wanted_uses(protocol: Protocol, settings: Body): Use[] {
  if (protocol === 'saml') return ['signing', 'encryption'];
  const by_key = settings['private_key_jwt'] === true || settings['token_endpoint_auth_method'] === 'private_key_jwt';
  return protocol === 'oidc' && by_key ? ['signing'] : [];
}

export const key_context = (org_id: string, key_id: string): string => `connection_key/${org_id}/${key_id}`;

/** A fresh key with its self-signed certificate; takes a moment, so never inside a unit of work. */
export async function make_key(
  deps: Pick<OrganizationsDeps, 'storage' | 'now' | 'random_bytes'>,
  of: { readonly org_id: OrgId; readonly connection_id: string; readonly use: Use; readonly state: 'current' | 'next' },
): Promise<ConnectionKeyRow> {
  const at = deps.now();
  const id = new_id('key');
  const keys = await webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify']);
  // a serial number is positive (RFC 5280 section 4.1.2.2)
  const serial = `01${Buffer.from(deps.random_bytes(15)).toString('hex')}`;
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serial,
      name: `CN=${of.connection_id} ${of.use}`,
      // partners' clocks may be behind
      notBefore: new Date(at - DAY_MS),
      notAfter: new Date(at + LIFE_MS),
      signingAlgorithm: RSA,
      keys,
    },
    webcrypto,
  );
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  const private_key = ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
  return {
    org_id: of.org_id,
    id,
    connection_id: of.connection_id,
    use: of.use,
    state: of.state,
    certificate_pem: certificate.toString('pem'),
    sealed_private_key: deps.storage.seal.seal(private_key, key_context(of.org_id, id)),
    created_at: at,
    expires_at: at + LIFE_MS,
  };
}

const order = { current: 0, next: 1, retired: 2 };
export const sorted_keys = (rows: readonly ConnectionKeyRow[]): ConnectionKeyRow[] =>
  rows.toSorted((a, b) => order[a.state] - order[b.state] || a.use.localeCompare(b.use) || a.created_at - b.created_at);

/** The keys as a connector gets them. */
export async function open_keys(storage: Storage, org_id: OrgId, connection_id: string): Promise<ConnectionKey[]> {
  const rows = await storage.org(org_id).connection_keys.find({ connection_id });
  return sorted_keys(rows).map((row) => ({
    use: row.use,
    state: row.state,
    kid: row.id,
    private_key_pem: storage.seal.open(row.sealed_private_key, key_context(org_id, row.id)),
    certificate_pem: row.certificate_pem,
  }));
}

type OwnCertificate = NonNullable<ServiceProvider['certificates']>[number];

export function present_key(row: ConnectionKeyRow, now: number): OwnCertificate {
  const { subject, serial, sha256 } = present_certificate(row.certificate_pem, now);
  const { id: kid, use, state, certificate_pem: pem, expires_at } = row;
  return { ...{ kid, use, state, pem }, expires_at: expires_at === null ? null : rfc3339(expires_at), subject, serial, sha256 };
}

export const present_certificates = (rows: readonly ConnectionKeyRow[], now: number): OwnCertificate[] =>
  sorted_keys(rows).map((row) => present_key(row, now));

/** Public signing keys for a partner that checks private_key_jwt (RFC 7517). */
export const present_jwks = (rows: readonly ConnectionKeyRow[]): NonNullable<ServiceProvider['jwks']> => ({
  keys: sorted_keys(rows)
    .filter((row) => row.use === 'signing')
    .map((row) => ({ ...createPublicKey(row.certificate_pem).export({ format: 'jwk' }), kid: row.id, use: 'sig', alg: 'RS256' })),
});
