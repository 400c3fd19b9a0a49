import { InvalidInput, type OrgId } from '../../kernel/index.ts';
import type { ConnectionRow, Tx } from '../../storage/index.ts';
import { wrong } from '../parse.ts';

/** The first part of every address of ours: none of them can be a partner's. */
const OURS = new Set([
  ...['.well-known', 'jwks', 'authorize', 'token', 'userinfo', 'introspect', 'revoke', 'par', 'logout', 'device', 'register'],
  ...['login', 'saml', 'oidc', 'scim', 'api', 'console', 'setup', 'healthz', 'readyz', 'metrics', 'assets'],
]);

const aliases_of = ({ settings }: Pick<ConnectionRow, 'settings'>): string[] => {
  const given = settings['acs_aliases'];
  return Array.isArray(given) ? [...new Set(given.filter((path) => typeof path === 'string'))] : [];
};

/** Paths that would shadow an address of ours. @throws InvalidInput 422 */
export function require_foreign_paths(row: Pick<ConnectionRow, 'settings'>): void {
  const problems = aliases_of(row).flatMap((path, at) =>
    OURS.has(path.split('/')[1]?.toLowerCase() ?? '')
      ? [{ path: `saml.acs_aliases.${at}`, message: 'begins like an address of Postern itself' }]
      : [],
  );
  if (problems.length > 0) throw wrong(problems);
}

/** The connection's paths as its settings have them. One path leads to one connection of the whole installation. @throws InvalidInput 422 */
export async function write_aliases(tx: Tx, org_id: OrgId, row: Pick<ConnectionRow, 'id' | 'settings'>): Promise<void> {
  await tx.org(org_id).connection_aliases.delete({ connection_id: row.id });
  for (const [at, path] of aliases_of(row).entries()) {
    const written = await tx.sql.run(
      `INSERT INTO "connection_aliases" ("org_id", "id", "connection_id") VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
      [org_id, path, row.id],
    );
    if (written === 0)
      throw new InvalidInput('invalid_body', 'Some fields are wrong.', {
        status: 422,
        fields: [{ path: `saml.acs_aliases.${at}`, message: 'leads to another connection already' }],
      });
  }
}
