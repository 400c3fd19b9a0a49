import type { Guide } from './guide.ts';

export const ping_scim: Guide = {
  id: 'ping_scim',
  vendor: 'ping',
  name: 'PingOne (SCIM)',
  protocol: 'scim',
  minutes: 12,
  where: 'The PingOne admin console, in the environment that holds the people.',
  steps: [
    {
      title: 'Make the connection',
      text: [
        'Open **Integrations > Provisioning**, choose **+ > New connection**, **Identity Store**, **SCIM Outbound**. Name it, then fill in these fields and **Test connection**.',
      ],
      values: [
        { label: 'SCIM BASE URL', value: { ours: 'scim_base_url' } },
        { label: 'Users resource', value: { text: '/Users' } },
        { label: 'Groups resource', value: { text: '/Groups' } },
        { label: 'SCIM version', value: { text: '2.0' } },
        { label: 'Authentication method', value: { text: 'OAuth 2 Bearer Token' } },
        { label: 'OAuth access token', value: { ours: 'scim_token' } },
        { label: 'Auth Type Header', value: { text: 'Bearer' } },
      ],
    },
    {
      title: 'Choose what happens to people',
      text: [
        'On the page of preferences, let it create, update and disable people; as remove action take **Disable** or **Delete**. The unique user identifier is userName.',
        'Switch the connection on with its toggle.',
      ],
    },
    {
      title: 'Make a rule',
      text: [
        'Under **Rules**, make a rule with this connection as target. As **User filter** take who is to be sent; in **Attribute mapping**, map the user id to externalId. Switch the rule on.',
      ],
      values: [{ label: 'externalId', value: { text: 'User ID' } }],
    },
  ],
  asks_back: [],
  mistakes: [
    {
      mistake: 'The connection is on but nothing arrives.',
      remedy: 'Make a rule and switch it on: a connection alone sends nobody.',
    },
    {
      mistake: 'We answer 401.',
      remedy: 'Set **Auth Type Header** to **Bearer** and paste the token anew.',
    },
    {
      mistake: 'People arrive twice: once from the directory and once by signing in.',
      remedy: 'In **Attribute mapping**, map **User ID** to externalId; it is what saml_subject sends as well.',
      checks: ['account'],
    },
  ],
};
