import type { Guide } from './guide.ts';
import { saml_mistakes } from './saml_mistakes.ts';

export const pingone_saml: Guide = {
  id: 'pingone_saml',
  vendor: 'ping',
  name: 'PingOne',
  protocol: 'saml',
  minutes: 12,
  where: 'The PingOne admin console, in the environment that people sign in at.',
  steps: [
    {
      title: 'Make the application',
      text: ['Open **Applications > Applications**, choose **+**, give it a name, take **SAML Application** and **Configure**.'],
    },
    {
      title: 'Tell PingOne where to send people',
      text: ['Take **Import From URL** with the metadata address, or **Manually Enter** with the other two.'],
      values: [
        { label: 'Import From URL', value: { ours: 'metadata_url' } },
        { label: 'ACS URLs', value: { ours: 'acs_url' } },
        { label: 'Entity ID', value: { ours: 'entity_id' } },
      ],
    },
    {
      title: 'Say what is sent about a person',
      text: ['On **Attribute Mappings**, map these. The user id as saml_subject never changes for a person.'],
      values: [
        { label: 'saml_subject', value: { text: 'User ID' } },
        { label: 'mail', value: { text: 'Email Address' } },
        { label: 'givenName', value: { text: 'Given Name' } },
        { label: 'sn', value: { text: 'Family Name' } },
        { label: 'groups', value: { text: 'Group Names' } },
      ],
    },
    {
      title: 'Switch it on and copy the metadata address',
      text: [
        'Turn the toggle of the application on; a new one is off. On **Access**, choose who may sign in.',
        'On **Configuration**, copy **IDP Metadata URL**.',
      ],
    },
  ],
  asks_back: [{ label: 'IDP Metadata URL', field: 'saml.metadata_url' }],
  mistakes: [
    {
      mistake: 'PingOne says that the application is disabled or not found.',
      remedy: 'Turn the toggle of the application on, and compare **Entity ID** with {entity_id}.',
      checks: ['status'],
    },
    {
      mistake: 'An attribute is missing.',
      remedy: 'On **Attribute Mappings**, compare the names with those above.',
      checks: ['attributes'],
    },
    {
      mistake: 'The name id is a user name that changes.',
      remedy: 'On **Attribute Mappings**, map saml_subject to **User ID** before people sign in for the first time.',
      checks: ['account'],
    },
    ...saml_mistakes({
      acs: 'ACS URLs',
      entity_id: 'Entity ID',
      on: 'Configuration of the application',
      metadata: 'IDP Metadata URL on Configuration',
    }),
  ],
};
