import type { Guide } from './guide.ts';

export const entra_scim: Guide = {
  id: 'entra_scim',
  vendor: 'entra',
  name: 'Microsoft Entra ID (SCIM)',
  protocol: 'scim',
  minutes: 15,
  where:
    'The Microsoft Entra admin center, in the enterprise application that people sign in with (for OpenID Connect: a non-gallery enterprise application of its own).',
  steps: [
    {
      title: 'Enter address and token',
      text: [
        'Open **Provisioning > New configuration** (or **Get started**, with **Provisioning Mode** automatic). Fill in these fields, choose **Test Connection**, then create or save.',
      ],
      values: [
        { label: 'Tenant URL', value: { ours: 'scim_base_url' } },
        { label: 'Secret Token', value: { ours: 'scim_token' } },
      ],
    },
    {
      title: 'Look at the attribute mapping',
      text: [
        'Under **Mappings > Provision Microsoft Entra ID Users**, map externalId to objectId: it is the person’s name id when you followed our guides, so whoever is provisioned is met again at the first sign-in.',
        'userName is mapped to userPrincipalName, active to the state of the account. Leave both.',
      ],
      values: [{ label: 'externalId', value: { text: 'objectId' } }],
    },
    {
      title: 'Choose who is sent, and start',
      text: [
        'Assign people and groups under **Users and groups**; leave **Scope** on assigned users and groups. Try one person with **Provision on demand**, then **Start provisioning**.',
        'From then on Entra sends changes in cycles, about every 40 minutes.',
      ],
    },
  ],
  asks_back: [],
  mistakes: [
    {
      mistake: 'The connection test fails.',
      remedy:
        'Copy {scim_base_url} into **Tenant URL** and the token into **Secret Token** anew. A token bound to networks must have Microsoft’s in its list.',
    },
    {
      mistake: 'Entra has put the job into quarantine after many failures, and nothing arrives any more.',
      remedy: 'Under **Provisioning logs**, mend what failed, then **Restart provisioning**.',
    },
    {
      mistake: 'Members of a group that lies within an assigned group are not sent.',
      remedy: 'Assign the inner groups themselves: Entra does not look into nested groups.',
    },
    {
      mistake: 'People arrive twice: once from the directory and once by signing in.',
      remedy: 'Map externalId to objectId, send user.objectid as name id, and name the connection when the token is made.',
      checks: ['account'],
    },
  ],
};
