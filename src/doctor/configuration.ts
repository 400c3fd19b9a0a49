import { type OrgId, PosternError } from '../kernel/index.ts';
import { every } from '../organizations/index.ts';
import type { Examined } from './examined.ts';
import { count_of, type Finding, ok, problem, warning } from './finding.ts';

const DAY_MS = 86_400_000;

type Row = Readonly<Record<string, unknown>>;
const text = (row: Row, name: string): string => (typeof row[name] === 'string' ? row[name] : '');

/** Organizations with their domains and connections, and the apps. */
export async function look_at_configuration(examined: Examined): Promise<Finding[]> {
  const { organizations, until } = examined;
  const findings: Finding[] = [];
  let seen = 0;
  for await (const organization of every(organizations.organizations)) {
    if (until.aborted) {
      findings.push(
        warning(
          'organizations',
          `There was time to look at ${seen} of them.`,
          'postern doctor looks at all; run it where the broker runs.',
        ),
      );
      break;
    }
    seen += 1;
    if (text(organization, 'status') !== 'active') continue;
    findings.push(...(await look_at_organization(examined, organization)));
  }
  findings.unshift(
    seen === 0
      ? warning(
          'organizations',
          'There are none: nobody can sign in.',
          'postern org create --slug acme --name Acme, or postern apply -f tenants.yaml',
        )
      : ok('organizations', count_of(seen, 'organization', 'organizations')),
  );
  findings.push(...(await look_at_clients(examined)));
  return findings;
}

async function look_at_organization(examined: Examined, organization: Row): Promise<Finding[]> {
  const { organizations, storage, partners, until } = examined;
  const now = examined.now();
  const slug = text(organization, 'slug');
  const { id: org_id } = await organizations.require_organization(text(organization, 'id'));
  const findings: Finding[] = [];
  for await (const domain of every(organizations.domains(org_id))) {
    const name = text(domain, 'domain');
    const made = Date.parse(text(domain, 'created_at'));
    if (text(domain, 'status') === 'pending' && now - made > DAY_MS) {
      findings.push(
        warning(
          `${slug}: domain ${name}`,
          'It has been pending for more than a day: it routes nobody.',
          `Have the TXT record set, then: postern domain verify ${name} --org ${slug}`,
        ),
      );
    }
  }
  let enabled = 0;
  for await (const connection of every(organizations.connections(org_id))) {
    if (connection['enabled'] !== true) continue;
    enabled += 1;
    if (partners && !until.aborted) findings.push(...(await look_at_connection(examined, slug, org_id, connection)));
  }
  if (enabled === 0)
    findings.push(
      warning(`${slug}: connections`, 'No connection is enabled: nobody can sign in.', `postern connection create --org ${slug} --help`),
    );
  for (const key of await storage.org(org_id).connection_keys.find({ state: 'current' })) {
    const days = key.expires_at === null ? undefined : Math.floor((Number(key.expires_at) - now) / DAY_MS);
    if (days !== undefined && days < 30) {
      findings.push(
        warning(
          `${slug}: our certificate`,
          `The ${key.use} certificate of connection ${key.connection_id} ends in ${days} days.`,
          'Give the partner the metadata of the connection again: the next certificate is in it.',
        ),
      );
    }
  }
  return findings;
}

async function look_at_connection({ organizations, act }: Examined, slug: string, org_id: OrgId, connection: Row): Promise<Finding[]> {
  const name = `${slug}: ${text(connection, 'protocol')} connection "${text(connection, 'name')}"`;
  const again = `postern connection test ${text(connection, 'id')} --org ${slug}`;
  try {
    const { checks } = await organizations.connections(org_id).test(text(connection, 'id'), act);
    const failed = checks.filter((check) => !check.ok);
    if (failed.length === 0) return [ok(name, count_of(checks.length, 'check passed.', 'checks passed.'))];
    return failed.map((check) => problem(name, `${check.name}: ${check.detail}`, check.fix ?? `Look closer: ${again}`));
  } catch (error) {
    return [problem(name, error instanceof PosternError ? error.message : 'It could not be tested.', `Look closer: ${again}`)];
  }
}

async function look_at_clients({ organizations }: Examined): Promise<Finding[]> {
  const findings: Finding[] = [];
  let seen = 0;
  for await (const client of every(organizations.clients)) {
    seen += 1;
    const id = text(client, 'client_id');
    if (client['require_pkce'] === false) {
      findings.push(
        problem(`app ${id}`, 'It may sign people in without PKCE.', `Mend the app, then: postern client update ${id} --require_pkce true`),
      );
    }
    const plain = [client['redirect_uris']].flat().filter((uri) => typeof uri === 'string' && uri.startsWith('http://'));
    if (plain.length > 0 && plain.some((uri) => !/^http:\/\/(localhost|127\.|\[::1\])/.test(String(uri)))) {
      findings.push(
        problem(
          `app ${id}`,
          'A redirect URI is plain http: codes travel in the open.',
          `postern client update ${id} --redirect_uris https://…`,
        ),
      );
    }
  }
  if (seen === 0) return [warning('apps', 'None is registered.', 'postern client create --help, or docs/how-to/register-an-app.md')];
  return [ok('apps', count_of(seen, 'app', 'apps')), ...findings];
}
