import type { Guide } from './guide.ts';

export const okta_scim: Guide = {
  id: 'okta_scim',
  vendor: 'okta',
  name: 'Okta (SCIM)',
  protocol: 'scim',
  minutes: 10,
  where:
    'The Okta Admin Console, in the SAML application that people sign in with. An OpenID Connect application has no provisioning of its own: add a second application (SAML or SWA) for it.',
  steps: [
    {
      title: 'Switch provisioning on',
      text: ['On **General > App Settings > Edit**, set **Provisioning** to **SCIM** and save. The tab **Provisioning** appears.'],
    },
    {
      title: 'Enter address and token',
      text: [
        'On **Provisioning > Integration > Edit**, fill in these fields. As **Supported provisioning actions**, tick **Push New Users**, **Push Profile Updates** and **Push Groups**. Choose **Test Connector Configuration**, then **Save**.',
      ],
      values: [
        { label: 'SCIM connector base URL', value: { ours: 'scim_base_url' } },
        { label: 'Unique identifier field for users', value: { text: 'userName' } },
        { label: 'Authentication Mode', value: { text: 'HTTP Header' } },
        { label: 'Authorization: Bearer', value: { ours: 'scim_token' } },
      ],
    },
    {
      title: 'Choose what is sent',
      text: ['On **Provisioning > To App > Edit**, enable **Create Users**, **Update User Attributes** and **Deactivate Users**.'],
    },
    {
      title: 'Send people and groups',
      text: [
        'People are sent when they are assigned (**Assignments**). Groups are sent on **Push Groups**; push other groups than those you assign by, or Okta may not keep their members right.',
      ],
    },
  ],
  asks_back: [],
  mistakes: [
    {
      mistake: 'Okta shows 401 at the test.',
      remedy: 'Paste the token without the word Bearer, which Okta adds, and without spaces. A lost token is made anew.',
    },
    {
      mistake: 'People who were assigned before provisioning was on are not sent.',
      remedy: 'On **Assignments**, use **Provision User**, or take the assignment away and give it again.',
    },
    {
      mistake: 'Somebody who left can still sign in.',
      remedy: 'On **Provisioning > To App**, enable **Deactivate Users**.',
    },
    {
      mistake: 'People arrive twice: once from the directory and once by signing in.',
      remedy: 'Name the connection when the token is made, and send Okta’s own id as name id, which is also its externalId.',
      checks: ['account'],
    },
  ],
};
