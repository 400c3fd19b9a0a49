import type { Guide } from './guide.ts';

export const openldap_ldap: Guide = {
  id: 'openldap_ldap',
  vendor: 'openldap',
  name: 'OpenLDAP',
  protocol: 'ldap',
  minutes: 25,
  where: 'The directory server, as its administrator, and whoever looks after the firewall.',
  steps: [
    {
      title: 'Let us reach it, encrypted',
      text: [
        'slapd needs olcTLSCertificateFile and olcTLSCertificateKeyFile with a certificate for its name. Then ldaps:// on port 636 works when slapd listens there, and StartTLS on port 389 in any case. Open the port for the addresses of this service only.',
      ],
    },
    {
      title: 'Make an entry for reading',
      text: [
        'Make an entry with a password, such as cn=postern,ou=services,dc=acme,dc=example, and let it read people and groups (olcAccess): entryUUID, uid, mail, cn, sn, givenName, displayName, memberOf, and the members of groups. Never the userPassword.',
        'entryUUID tells people apart for good, whatever their names become.',
      ],
    },
    {
      title: 'Find the names',
      text: ['ldapsearch -x -b "" -s base namingContexts shows the trees; the base DN is the part that holds your people.'],
    },
  ],
  asks_back: [
    { label: 'Servers, as ldaps://ldap.acme.example', field: 'ldap.urls', note: 'ldap:// where tls is starttls.' },
    { label: 'Certificate of the authority', field: 'ldap.ca_pem', note: 'Only where it is your own.' },
    { label: 'Entry for reading', field: 'ldap.bind_dn' },
    { label: 'Its password', field: 'ldap.bind_password' },
    { label: 'Base DN, as ou=people,dc=acme,dc=example', field: 'ldap.base_dn' },
  ],
  mistakes: [
    {
      mistake: 'Nothing answers, or StartTLS is refused.',
      remedy: 'Open the port for this service; look whether slapd was started with ldaps:/// (SLAPD_SERVICES) and has its certificate.',
      checks: ['connect', 'encryption'],
    },
    {
      mistake: 'The certificate is not trusted, is for another name, or ends soon.',
      remedy: 'Give us the certificate of your authority in **ca_pem**, and use the name that the certificate is for.',
      checks: ['connect', 'certificate'],
    },
    {
      mistake: 'The entry for reading is refused.',
      remedy: 'Try ldapwhoami -x -H ldaps://… -D the DN -W with the same name and password.',
      checks: ['service_account'],
    },
    {
      mistake: 'The base DN is not one of this directory.',
      remedy: 'ldapsearch -x -b "" -s base namingContexts shows the trees: the base DN is one of them, or a part of one.',
      checks: ['base_dn', 'group_base_dn', 'search'],
    },
    {
      mistake: 'The entry for reading sees nobody.',
      remedy: 'In **olcAccess**, give it read on the base, on people and on groups, above the rule that denies everything else.',
      checks: ['base_dn', 'group_base_dn', 'user_filter', 'immutable_id', 'search'],
    },
    {
      mistake: 'Somebody is not found.',
      remedy:
        'From the start, inetOrgPerson entries are searched by uid and mail. Set **user_filter** where your people are of another class.',
      checks: ['search', 'user_filter'],
    },
    {
      mistake: 'The password is refused: it has expired, or the account is locked by the password policy.',
      remedy: 'Look at pwdAccountLockedTime and pwdChangedTime of the entry.',
      checks: ['password', 'account'],
    },
    {
      mistake: 'Groups are missing.',
      remedy: 'groupOfNames, groupOfUniqueNames and posixGroup below **group_base_dn** are asked for; memberOf needs the memberof overlay.',
      checks: ['groups'],
    },
  ],
};
