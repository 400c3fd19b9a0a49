import type { Guide } from './guide.ts';

export const onelogin_scim: Guide = {
  id: 'onelogin_scim',
  vendor: 'onelogin',
  name: 'OneLogin (SCIM)',
  protocol: 'scim',
  minutes: 15,
  where:
    'OneLogin Administration. The SAML Custom Connector has no provisioning: this is an application of its own, which can also sign people in.',
  steps: [
    {
      title: 'Add the application',
      text: ['Open **Applications > Add App**, search for **SCIM Provisioner with SAML (SCIM v2 Enterprise)** and save it.'],
    },
    {
      title: 'Enter address and token',
      text: [
        'On **Configuration**, fill in these fields, then **API Connection > Enable** and save. The **SCIM JSON Template** must send userName, name, emails and active, and externalId where people are to be met again by it.',
      ],
      values: [
        { label: 'SCIM Base URL', value: { ours: 'scim_base_url' } },
        { label: 'SCIM Bearer Token', value: { ours: 'scim_token' } },
      ],
    },
    {
      title: 'Switch provisioning on',
      text: [
        'On **Provisioning**, tick **Enable provisioning**. Untick **Create user**, **Delete user** and **Update user** under **Require admin approval before this action is performed**, or each waits for you. For people who are deleted in OneLogin, take **Suspend** or **Delete**.',
      ],
    },
    {
      title: 'Send people and groups',
      text: [
        'On **Access**, choose the roles whose people are sent. For groups, map a field on **Parameters > Groups** (**Include in User Provisioning**) and set them by **Rules**.',
      ],
    },
  ],
  asks_back: [],
  mistakes: [
    {
      mistake: 'The API connection cannot be enabled.',
      remedy: 'Copy {scim_base_url} and the token anew, without spaces, and save before enabling.',
    },
    {
      mistake: 'People stand on **Pending** under **Users**.',
      remedy: 'On **Provisioning**, untick the actions that need approval, or approve them.',
    },
    {
      mistake: 'We answer 400: the template sends something that SCIM does not know.',
      remedy:
        'On **Configuration**, compare **SCIM JSON Template** with the schemas of SCIM 2.0; make the token with the dialect onelogin.',
    },
  ],
};
