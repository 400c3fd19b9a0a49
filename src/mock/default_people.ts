import { type Person, read_people } from './people.ts';

/** Who works where until somebody says otherwise: three companies, a few people each. */
const acme = `
people:
  - { username: ann, password: ann-password, email: ann@acme.example, given_name: Ann, family_name: Archer, display_name: Ann Archer, groups: [Engineers, Everyone], attributes: { department: Research, employeeNumber: "1001" } }
  - { username: adam, password: adam-password, email: adam@acme.example, given_name: Adam, family_name: Abel, display_name: Adam Abel, groups: [Managers, Everyone], attributes: { department: Sales, employeeNumber: "1002" } }
  - { username: aiko, password: aiko-password, email: aiko@acme.example, given_name: 愛子, family_name: 佐藤, display_name: 佐藤 愛子, groups: [Everyone], attributes: { department: Research, employeeNumber: "1003" } }
`;
const globex = `
people:
  - { username: bob, password: bob-password, email: bob@globex.example, email_verified: true, given_name: Bob, family_name: Baker, display_name: Bob Baker, groups: [Engineers, Everyone], attributes: { department: Operations } }
  - { username: bea, password: bea-password, email: bea@globex.example, email_verified: true, given_name: Bea, family_name: Brandt, display_name: Bea Brandt, groups: [Managers, Everyone] }
  - { username: boris, password: boris-password, email: boris@globex.example, email_verified: false, given_name: Boris, family_name: Berg, display_name: Boris Berg, groups: [Everyone] }
`;
const initech = `
people:
  - { username: carol, password: carol-password, email: carol@initech.example, given_name: Carol, family_name: Clark, display_name: Carol Clark, groups: [Engineers, Everyone], attributes: { departmentNumber: "42", employeeNumber: "3001" } }
  - { username: carlos, password: carlos-password, email: carlos@initech.example, given_name: Carlos, family_name: Cruz, display_name: Carlos Cruz, groups: [Managers, Everyone], attributes: { employeeNumber: "3002" } }
  - { username: chen, password: chen-password, email: chen@initech.example, given_name: Chen, family_name: Chang, display_name: Chen Chang, groups: [Everyone], attributes: { employeeNumber: "3003" } }
`;

export interface PeopleOfPartners {
  readonly saml: Person[];
  readonly oidc: Person[];
  readonly ldap: Person[];
}

/** The people of Acme (SAML), Globex (OIDC) and Initech (LDAP), made anew at every call: a partner changes its list in place. */
export const default_people = (): PeopleOfPartners => ({ saml: read_people(acme), oidc: read_people(globex), ldap: read_people(initech) });
