import { parse } from 'yaml';
import { default_people, type PeopleOfPartners } from './default_people.ts';
import { read_people } from './people.ts';

/** A people file: one list for every partner, or `{saml: […], oidc: […], ldap: […]}`; a partner that is not named keeps the people it has by default. @throws Error with every mistake */
export function read_people_file(yaml: string): PeopleOfPartners {
  const content: unknown = parse(yaml);
  if (typeof content === 'object' && content !== null && !Array.isArray(content) && !('people' in content)) {
    const { saml, oidc, ldap, ...others } = content as Record<string, unknown>; // an object, as was just seen
    const unknown = Object.keys(others)[0];
    if (unknown !== undefined) throw new Error(`${unknown}: is no partner; known are saml, oidc and ldap`);
    const fallback = default_people();
    // JSON is YAML
    const list = (given: unknown, by_default: PeopleOfPartners['saml']) =>
      given === undefined ? by_default : read_people(JSON.stringify(given));
    return { saml: list(saml, fallback.saml), oidc: list(oidc, fallback.oidc), ldap: list(ldap, fallback.ldap) };
  }
  return { saml: read_people(yaml), oidc: read_people(yaml), ldap: read_people(yaml) };
}
