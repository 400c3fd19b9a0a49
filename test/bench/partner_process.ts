/** A mock partner in a process of its own, so that its signatures cost the broker nothing: prints one line of JSON, ends with its standard input. */
import { start_mock_ldap, start_mock_oidc, start_mock_saml } from '../../src/mock/index.ts';
import { person } from '../support/people.ts';

const start = { oidc: start_mock_oidc, saml: start_mock_saml, ldap: start_mock_ldap };
const [protocol = ''] = process.argv.slice(2);
if (protocol !== 'oidc' && protocol !== 'saml' && protocol !== 'ldap') throw new Error('name oidc, saml or ldap');

const people = Array.from({ length: 50 }, (_, number) =>
  person(`person${number}`, { groups: ['Staff', 'Engineering', `Team ${number % 7}`] }),
);
const mock = await start[protocol]({ people });
console.log(JSON.stringify(mock));
process.stdin.on('end', () => void mock.close().then(() => process.exit(0)));
process.stdin.resume();
