import type { Guide } from './guide.ts';
import { saml_mistakes } from './saml_mistakes.ts';

export const cyberark_saml: Guide = {
  id: 'cyberark_saml',
  vendor: 'cyberark',
  name: 'CyberArk Identity',
  protocol: 'saml',
  minutes: 15,
  where: 'The Identity Administration portal, as administrator.',
  steps: [
    {
      title: 'Make the application',
      text: [
        'Open **Apps & Widgets > Web Apps > Add Web Apps**. On **Custom**, choose **Add** beside **SAML**, confirm and close the catalog. Name it on **Settings** and save.',
      ],
    },
    {
      title: 'Give us the metadata',
      text: ['On **Trust**, under **Identity Provider Configuration > Metadata**, copy the **URL**, or choose **Download Metadata File**.'],
    },
    {
      title: 'Tell CyberArk where to send people',
      text: [
        'Still on **Trust**, under **Service Provider Configuration**, take **Metadata** with our address and **Load**, or **Manual Configuration** with the other values. Then **Save**.',
      ],
      values: [
        { label: 'Metadata URL', value: { ours: 'metadata_url' } },
        { label: 'SP Entity ID / Issuer / Audience', value: { ours: 'entity_id' } },
        { label: 'Assertion Consumer Service (ACS) URL', value: { ours: 'acs_url' } },
        { label: 'Single Logout URL', value: { ours: 'slo_url' } },
      ],
    },
    {
      title: 'Say what is sent about a person',
      text: ['On **SAML Response**, add these attributes.'],
      values: [
        { label: 'mail', value: { text: 'LoginUser.Email' } },
        { label: 'givenName', value: { text: 'LoginUser.FirstName' } },
        { label: 'sn', value: { text: 'LoginUser.LastName' } },
        { label: 'groups', value: { text: 'LoginUser.GroupNames' } },
      ],
    },
    {
      title: 'Let people in',
      text: ['On **Permissions**, add the roles, groups or people who may sign in, and save: the application is deployed by that.'],
    },
  ],
  asks_back: [
    { label: 'Metadata URL', field: 'saml.metadata_url' },
    { label: 'Metadata file', field: 'saml.metadata_xml', note: 'Instead of the address, where there is none.' },
  ],
  mistakes: [
    {
      mistake: 'CyberArk says that the person may not use the application, or it still reads “Ready to Deploy”.',
      remedy: 'On **Permissions**, add a role of the person with **Run**, and save.',
      checks: ['status'],
    },
    {
      mistake: 'An attribute is missing.',
      remedy: 'On **SAML Response**, compare the names with those above.',
      checks: ['attributes'],
    },
    ...saml_mistakes({
      acs: 'Assertion Consumer Service (ACS) URL',
      entity_id: 'SP Entity ID / Issuer / Audience',
      on: 'Trust > Service Provider Configuration',
      metadata: 'Trust > Identity Provider Configuration > Metadata',
    }),
  ],
};
