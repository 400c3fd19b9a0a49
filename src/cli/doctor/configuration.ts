import { PosternError } from '../../kernel/index.ts';
import type { Postern } from '../../wiring.ts';
import { command_act } from '../act.ts';
import { every } from '../every.ts';
import { count_of, type Finding, ok, problem, warning } from './finding.ts';

const DAY_MS = 86_400_000;

type Row = Readonly<Record<string, unknown>>;
const text = (row: Row, name: string): string => (typeof row[name] === 'string' ? row[name] : '');

/** Organizations with their domains and connections, and the apps. `partners`: whether partners are contacted. */
export async function look_at_configuration(postern: Postern, now: number, partners: boolean): Promise<Finding[]> {
  const { organizations } = postern;
  const findings: Finding[] = [];
  let seen = 0;
  for await (const organization of every(organizations.organizations)) {
    seen += 1;
    if (text(organization, 'status') !== 'active') continue;
    findings.push(...(await look_at_organization(postern, organization, now, partners)));
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
  findings.push(...(await look_at_clients(postern)));
  return findings;
}

async function look_at_organization(postern: Postern, organization: Row, now: number, partners: boolean): Promise<Finding[]> {
  const slug = text(organization, 'slug');
  const { id: org_id } = await postern.organizations.require_organization(text(organization, 'id'));
  const findings: Finding[] = [];
  for await (const domain of every(postern.organizations.domains(org_id))) {
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
  for await (const connection of every(postern.organizations.connections(org_id))) {
    if (connection['enabled'] !== true) continue;
    enabled += 1;
    if (partners) findings.push(...(await look_at_connection(postern, slug, org_id, connection)));
  }
  if (enabled === 0)
    findings.push(
      warning(`${slug}: connections`, 'No connection is enabled: nobody can sign in.', `postern connection create --org ${slug} --help`),
    );
  for (const key of await postern.storage.org(org_id).connection_keys.find({ state: 'current' })) {
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

async function look_at_connection(
  postern: Postern,
  slug: string,
  org_id: Parameters<Postern['organizations']['connections']>[0],
  connection: Row,
): Promise<Finding[]> {
  const name = `${slug}: ${text(connection, 'protocol')} connection "${text(connection, 'name')}"`;
  const again = `postern connection test ${text(connection, 'id')} --org ${slug}`;
  try {
    const { checks } = await postern.organizations.connections(org_id).test(text(connection, 'id'), command_act());
    const failed = checks.filter((check) => !check.ok);
    if (failed.length === 0) return [ok(name, count_of(checks.length, 'check passed.', 'checks passed.'))];
    return failed.map((check) => problem(name, `${check.name}: ${check.detail}`, check.fix ?? `Look closer: ${again}`));
  } catch (error) {
    return [problem(name, error instanceof PosternError ? error.message : 'It could not be tested.', `Look closer: ${again}`)];
  }
}

async function look_at_clients({ organizations }: Postern): Promise<Finding[]> {
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
