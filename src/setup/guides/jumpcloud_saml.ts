import type { Guide } from './guide.ts';
import { saml_mistakes } from './saml_mistakes.ts';

export const jumpcloud_saml: Guide = {
  id: 'jumpcloud_saml',
  vendor: 'jumpcloud',
  name: 'JumpCloud',
  protocol: 'saml',
  minutes: 12,
  where: 'The JumpCloud Admin Portal, as administrator.',
  steps: [
    {
      title: 'Make the application',
      text: [
        'Open **SSO Applications > Add New Application > Custom Application**, take **Manage Single Sign-On (SSO)** with **Configure SSO with SAML**, and give it a name.',
      ],
    },
    {
      title: 'Tell JumpCloud where to send people',
      text: [
        'On the tab **SSO**, fill in these fields. **IdP Entity ID** is yours to invent, and must be another one for each application: an address of your own that names this product will do.',
        'Tick **Sign Assertion**, and **Declare Redirect Endpoint**, so that the metadata says where sign-ins go.',
      ],
      values: [
        { label: 'SP Entity ID', value: { ours: 'entity_id' } },
        { label: 'ACS URL', value: { ours: 'acs_url' } },
        { label: 'SAMLSubject NameID Format', value: { text: 'persistent, or emailAddress' } },
      ],
    },
    {
      title: 'Say what is sent about a person',
      text: ['Under **Attributes**, add these. For groups, tick **include group attribute** and name it groups.'],
      values: [
        { label: 'mail', value: { text: 'email' } },
        { label: 'givenName', value: { text: 'firstname' } },
        { label: 'sn', value: { text: 'lastname' } },
      ],
    },
    {
      title: 'Let people in',
      text: ['On **User Groups**, tick the groups whose people may sign in, then save and activate.'],
    },
    {
      title: 'Give us the metadata',
      text: [
        'On the tab **SSO**, take **Copy Metadata URL** where your portal offers it: new certificates then follow by themselves. Otherwise **Export Metadata** and give us the file.',
      ],
    },
  ],
  asks_back: [
    { label: 'Metadata URL', field: 'saml.metadata_url' },
    { label: 'Exported metadata file', field: 'saml.metadata_xml', note: 'Instead of the address, where there is none.' },
  ],
  mistakes: [
    {
      mistake: 'The metadata names no sign-in address.',
      remedy: 'On the tab **SSO**, tick **Declare Redirect Endpoint**, then give us the metadata again.',
      checks: ['partner', 'sso_url', 'metadata'],
    },
    {
      mistake: 'Two applications have the same **IdP Entity ID**, and the answer is signed for the other one.',
      remedy: 'On the tab **SSO**, give this application an **IdP Entity ID** of its own, then give us the metadata again.',
      checks: ['issuer', 'signature'],
    },
    {
      mistake: 'JumpCloud says that the person has no access.',
      remedy: 'On **User Groups**, tick a group that the person is in.',
      checks: ['status'],
    },
    {
      mistake: 'An attribute is missing.',
      remedy: 'Under **Attributes**, compare the names on the left with those above.',
      checks: ['attributes'],
    },
    ...saml_mistakes({ acs: 'ACS URL', entity_id: 'SP Entity ID', on: 'tab SSO', metadata: 'Export Metadata on the tab SSO' }),
  ],
};
