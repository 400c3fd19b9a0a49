import type { ReactNode } from 'react';
import type { SetupConnectionView } from './connection_view.ts';
import { AreaField, SelectField, TextField } from './parts.tsx';
import type { SetupShell } from './view.ts';

/** Servers, how they are trusted, who searches, where and for whom. */
export function LdapFields({ view, shell }: { view: SetupConnectionView; shell: SetupShell }): ReactNode {
  const { values, secret_stored } = view;
  const field = (name: string, label: string) => ({ name, label, value: values[name], shell });
  return (
    <>
      <fieldset>
        <legend>The servers</legend>
        <AreaField
          {...field('urls', 'Addresses, one in a line')}
          placeholder="ldaps://dc1.acme.example"
          hint="Tried in this order. They must be reachable for us: a directory in a private network needs a way in, which you agree with us."
        />
        <div className="pair">
          <SelectField
            {...field('tls', 'Encryption')}
            options={[
              ['ldaps', 'LDAPS (ldaps://)'],
              ['starttls', 'StartTLS (ldap://)'],
            ]}
          />
          <SelectField
            {...field('vendor', 'Kind of directory')}
            options={[
              ['active_directory', 'Active Directory'],
              ['openldap', 'OpenLDAP'],
              ['389ds', '389 Directory Server'],
              ['generic', 'Another one'],
            ]}
          />
        </div>
        <AreaField
          {...field('ca_pem', 'Your own certificate authority (PEM), if you have one')}
          placeholder="-----BEGIN CERTIFICATE-----"
          hint="The authority’s certificate, not that of the server. Empty: authorities that everybody trusts."
        />
      </fieldset>
      <fieldset>
        <legend>Who searches</legend>
        <p className="hint">An account of its own, which may only read.</p>
        <TextField {...field('bind_dn', 'Service account (DN)')} placeholder="cn=postern,ou=services,dc=acme,dc=example" />
        <TextField
          {...{ ...field('bind_password', 'Its password'), value: undefined, type: 'password', autocomplete: 'new-password' }}
          hint={
            secret_stored
              ? 'One is stored. Leave this empty to keep it; nobody can read it back.'
              : 'It is stored encrypted, and nobody can read it back.'
          }
        />
      </fieldset>
      <fieldset>
        <legend>Where people are</legend>
        <TextField {...field('base_dn', 'Base DN')} placeholder="dc=acme,dc=example" />
        <details open={['user_filter', 'group_base_dn', 'group_filter'].some((name) => (values[name] ?? '') !== '')}>
          <summary>Filters</summary>
          <div>
            <TextField
              {...field('user_filter', 'Filter for people')}
              placeholder="(&(objectClass=inetOrgPerson)(|(uid={login})(mail={login})))"
              hint="{login} is what was typed. Empty: the usual filter of this kind of directory."
            />
            <TextField {...field('group_base_dn', 'Base DN of groups')} hint="Empty: the same." />
            <TextField {...field('group_filter', 'Filter for groups')} hint="Which entries are groups. Empty: the usual ones." />
          </div>
        </details>
      </fieldset>
    </>
  );
}
