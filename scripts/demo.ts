/** `npm run demo`: starts everything, says where it is, stops with Ctrl-C. `npm run demo -- --port 4400` chooses the broker's port. */
import { parseArgs } from 'node:util';
import { table } from '../src/cli/print.ts';
import { type Demo, start_demo } from './start_demo.ts';

const { values } = parseArgs({ options: { port: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
if (values.help === true) {
  console.log('npm run demo -- [--port PORT]\nThe broker, three mock partners and a sample app. Ctrl-C stops all.');
} else {
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    console.error('--port takes a number from 0 to 65535.');
    process.exit(1);
  }
  await run(port);
}

async function run(port: number | undefined): Promise<void> {
  let demo: Demo;
  try {
    demo = await start_demo({ env: process.env, ...(port !== undefined && { port }) });
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    console.error(taken ? 'The port is in use. Choose another: npm run demo -- --port 0 takes any that is free.' : error);
    process.exit(1);
  }
  console.log(describe(demo));
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  console.log('\nStopping …');
  // whoever presses Ctrl-C again wants it now
  process.once('SIGINT', () => process.exit(130));
  await demo.stop();
}

function describe({ issuer, app_url, admin_key, config_path, partners: { saml, oidc, ldap } }: Demo): string {
  const companies = [
    { organization: 'Acme', partner: 'SAML identity provider', at: saml?.url, people: saml?.people ?? [] },
    { organization: 'Globex', partner: 'OIDC provider', at: oidc?.url, people: oidc?.people ?? [] },
    { organization: 'Initech', partner: 'LDAP directory', at: ldap?.control_url, people: ldap?.people ?? [] },
  ];
  const people = companies.flatMap(({ organization, partner, people: all }) =>
    all.map(({ email, username, password }) => ({ 'sign in as': email ?? username, password, organization, partner })),
  );
  const addresses = [
    { what: 'Sample app', where: app_url },
    { what: 'Broker', where: issuer },
    { what: 'Console: sign in with the admin key', where: `${issuer}/console` },
    { what: 'Admin API', where: `${issuer}/api/docs` },
    ...companies.map(({ partner, at }) => ({ what: `${partner}, control page`, where: at ?? '' })),
    { what: 'Admin key', where: admin_key },
  ];
  return `
${table(addresses, ['what', 'where'])}

${table(people, ['sign in as', 'password', 'organization', 'partner'])}

Open ${app_url} and sign in as one of them.
The control pages make a partner misbehave: a sign-in that is refused shows a reference.

The command works on this installation, in another terminal:
  export POSTERN_CONFIG=${config_path}
  npx postern org list               who is here
  npx postern trace get REFERENCE    why a sign-in was refused
  npx postern doctor                 what is wrong here
  npx postern org create --slug hooli --name Hooli
  npx postern setup-link create --org hooli
                                     a link behind which a partner sets itself up

Ctrl-C stops all.
`;
}
