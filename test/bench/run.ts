/**
 * What an operation costs, against a fresh broker in a process of its own: `npm run bench -- login|token|refresh|userinfo|introspect|scim|all`.
 * `saml` compares verifiers, `saml-worst` measures the worst SAML messages (`--only` the beginning of their names).
 * `pages` opens the pages of a sign-in in Chromium. `organizations` measures what operators look at with 100 and with `--organizations N` (default 10 000).
 * Options: `--partner oidc|saml|ldap` (of the sign-ins, default oidc), `--count N`, `--concurrency N` (default 8), `--people N` (of the directory, default 100 000), `--without-request-log` (what keeping the requests of directories costs), `--json`.
 */
import { parseArgs } from 'node:util';
import { start_broker_process } from './broker_process.ts';
import { type Figures, measure, table } from './measure.ts';
import { open_operations } from './operations.ts';
import { scim_operations } from './scim.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    partner: { type: 'string', default: 'oidc' },
    count: { type: 'string' },
    concurrency: { type: 'string', default: '8' },
    people: { type: 'string', default: '100000' },
    organizations: { type: 'string', default: '10000' },
    'without-request-log': { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const wanted = positionals[0] ?? 'all';
const partner = values.partner;
if (partner !== 'oidc' && partner !== 'saml' && partner !== 'ldap') throw new Error('--partner is oidc, saml or ldap');

if (wanted === 'saml') {
  const { compare_verifiers } = await import('./saml.ts');
  await compare_verifiers({ count: Number(values.count ?? 200), json: values.json });
} else if (wanted === 'saml-worst') {
  const { measure_worst } = await import('./saml_worst.ts');
  measure_worst({ json: values.json, only: values.only });
} else if (wanted === 'pages') {
  const { measure_pages } = await import('./pages.ts');
  await measure_pages({ count: Number(values.count ?? 15), json: values.json });
} else if (wanted === 'organizations') {
  const { measure_organizations } = await import('./organizations.ts');
  const { json } = values;
  const sizes = { many: Number(values.organizations), count: Number(values.count ?? 500), concurrency: Number(values.concurrency) };
  await measure_organizations({ ...sizes, json });
} else {
  const broker = await start_broker_process(values['without-request-log'] ? { POSTERN_SCIM_REQUEST_DAYS: '0' } : {});
  const operations = await open_operations(broker, partner);
  try {
    const all = [...operations.all, ...(await scim_operations(broker, Number(values.people)))];
    const chosen = all.filter(({ name }) => wanted === 'all' || name === wanted || name.startsWith(`${wanted}-`));
    if (chosen.length === 0) throw new Error(`Name one of: ${all.map(({ name }) => name).join(', ')}, saml, all.`);
    const rows: Figures[] = [];
    for (const operation of chosen) {
      rows.push(await measure(broker, { ...operation, count: Number(values.count ?? operation.count) }, Number(values.concurrency)));
    }
    console.log(values.json ? JSON.stringify(rows, undefined, 2) : table(rows));
  } finally {
    await operations.close();
    await broker.stop();
  }
}
