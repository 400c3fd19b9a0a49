/**
 * Mock partners: a SAML identity provider, an OIDC provider and an LDAP directory that behave, and misbehave on demand. For tests and demonstrations:
 * they let anyone in. Usable alone (`postern mock`); share libraries with what they test, never our code.
 */
export { type Controlled, control_handler } from './control.ts';
export { start_control_server } from './control_server.ts';
export { default_people, type PeopleOfPartners } from './default_people.ts';
export { ldap_switches, type MockLdap, type MockLdapOptions, start_mock_ldap } from './ldap/index.ts';
export { type MockOidc, type MockOidcOptions, oidc_switches, start_mock_oidc } from './oidc/index.ts';
export { type Person, read_people } from './people.ts';
export { read_people_file } from './people_file.ts';
export { type MockSaml, type MockSamlOptions, saml_switches, start_mock_saml } from './saml/index.ts';
export {
  type MockPartners,
  type PartnersOptions,
  partner_names,
  type PartnerName,
  start_mock_partners,
  switch_names,
} from './start_partners.ts';
export { type Switch, Switches } from './switches.ts';
