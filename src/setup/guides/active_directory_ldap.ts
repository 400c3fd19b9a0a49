import type { Guide } from './guide.ts';

export const active_directory_ldap: Guide = {
  id: 'active_directory_ldap',
  vendor: 'active_directory',
  name: 'Active Directory (LDAP)',
  protocol: 'ldap',
  minutes: 30,
  where: 'A domain controller or a workstation with the administration tools, and whoever looks after the firewall.',
  steps: [
    {
      title: 'Let us reach it, encrypted',
      text: [
        'Each domain controller that we ask needs a certificate for its name; then LDAPS answers on port 636. Open that port for the addresses of this service only.',
        'When your own authority issued the certificates, export the certificate of that authority (Base-64) and give it to us.',
        'Passwords are typed on our page with LDAP. If your directory also has Entra ID or AD FS, a connection to that keeps them with you.',
      ],
    },
    {
      title: 'Make an account for reading',
      text: [
        'Make an ordinary user, a member of nothing but Domain Users, with a long password that does not expire. It needs no right beyond reading people and groups.',
      ],
    },
    {
      title: 'Find the names',
      text: [
        'The base DN is the part of the tree that holds your people. Get-ADDomain shows that of the domain, Get-ADOrganizationalUnit those within.',
      ],
    },
  ],
  asks_back: [
    { label: 'Domain controllers, as ldaps://dc1.acme.example', field: 'ldap.urls', note: 'Two or more, in the order to ask them.' },
    { label: 'Certificate of the authority', field: 'ldap.ca_pem', note: 'Only where it is your own.' },
    { label: 'Account for reading, as reader@acme.example or a DN', field: 'ldap.bind_dn' },
    { label: 'Its password', field: 'ldap.bind_password' },
    { label: 'Base DN, as OU=Staff,DC=acme,DC=example', field: 'ldap.base_dn' },
  ],
  mistakes: [
    {
      mistake: 'Nothing answers: the firewall, a name that only your own network knows, or an IP address instead of a name.',
      remedy: 'Open port 636 for this service, and use the full name of the domain controller that stands in its certificate.',
      checks: ['connect'],
    },
    {
      mistake: 'The certificate is not trusted, is for another name, or ends soon.',
      remedy:
        'Give us the certificate of your authority in **ca_pem**, and use the name that the certificate is for. A new one is picked up by itself.',
      checks: ['connect', 'certificate', 'encryption'],
    },
    {
      mistake: 'The account for reading is refused: its password has expired or was changed, or the account is locked.',
      remedy: 'Set **Password never expires** on the account, unlock it, and give us the password anew.',
      checks: ['service_account'],
    },
    {
      mistake: 'The base DN is misspelt, or the account may not read there.',
      remedy: 'Copy the distinguishedName of the organizational unit with Get-ADOrganizationalUnit.',
      checks: ['base_dn', 'group_base_dn', 'user_filter'],
    },
    {
      mistake: 'Somebody is not found: outside the base, or they type something that the filter does not compare.',
      remedy: 'From the start, sAMAccountName, userPrincipalName and mail are compared. Widen the base DN or the filter.',
      checks: ['search'],
    },
    {
      mistake:
        'The password is refused although it is right: it must be changed first, the account is locked, disabled or expired, or may not sign in at this hour.',
      remedy: 'Look at the account in **Active Directory Users and Computers**, tab **Account**.',
      checks: ['password', 'account'],
    },
    {
      mistake: 'Groups are missing: they lie outside the base of groups, or are groups within groups.',
      remedy: 'Set group_base_dn to a place above them, and leave nested_groups on.',
      checks: ['groups'],
    },
  ],
};
