import type { Guide } from './guide.ts';
import { saml_mistakes } from './saml_mistakes.ts';

export const onelogin_saml: Guide = {
  id: 'onelogin_saml',
  vendor: 'onelogin',
  name: 'OneLogin',
  protocol: 'saml',
  minutes: 12,
  where: 'OneLogin Administration, as account owner or super user.',
  steps: [
    {
      title: 'Make the application',
      text: [
        'Open **Applications > Applications > Add App**, search for **SAML Custom Connector (Advanced)** and save it under the name that people know the product by.',
      ],
    },
    {
      title: 'Tell OneLogin where to send people',
      text: [
        'On **Configuration**, fill in these fields. **ACS (Consumer) URL Validator** is a regular expression: the address between ^ and $, with a backslash before every dot and slash.',
        'Leave **SAML signature element** on **Assertion**, **Response** or **Both**: each is taken.',
      ],
      values: [
        { label: 'Audience (EntityID)', value: { ours: 'entity_id' } },
        { label: 'Recipient', value: { ours: 'acs_url' } },
        { label: 'ACS (Consumer) URL Validator', value: { ours: 'acs_url' } },
        { label: 'ACS (Consumer) URL', value: { ours: 'acs_url' } },
        { label: 'Single Logout URL', value: { ours: 'slo_url' } },
        { label: 'SAML initiator', value: { text: 'Service Provider' } },
      ],
    },
    {
      title: 'Say what is sent about a person',
      text: [
        'On **Parameters**, add fields and tick **Include in SAML assertion** on each. **NameID value** is best a value that never changes.',
      ],
      values: [
        { label: 'mail', value: { text: 'Email' } },
        { label: 'givenName', value: { text: 'First Name' } },
        { label: 'sn', value: { text: 'Last Name' } },
        { label: 'groups', value: { text: 'User Roles, or what your groups are kept in' } },
      ],
    },
    {
      title: 'Choose the algorithm and copy the metadata address',
      text: ['On **SSO**, set **SAML Signature Algorithm** to **SHA-256** and copy **Issuer URL**: the metadata is at that address.'],
    },
    {
      title: 'Let people in',
      text: ['On **Access**, choose the roles whose people may sign in, or assign the application to people one by one.'],
    },
  ],
  asks_back: [{ label: 'Issuer URL', field: 'saml.metadata_url' }],
  mistakes: [
    {
      mistake: 'OneLogin refuses our address: the validator does not match it.',
      remedy:
        'On **Configuration**, write {acs_url} into **ACS (Consumer) URL Validator** as a regular expression, with ^ before and $ after it.',
      checks: ['status'],
    },
    {
      mistake: 'The signature is made with SHA-1, which is what a new application begins with.',
      remedy: 'On **SSO**, set **SAML Signature Algorithm** to **SHA-256**.',
      checks: ['signature'],
    },
    {
      mistake: 'An attribute is missing.',
      remedy: 'On **Parameters**, open the field and tick **Include in SAML assertion**.',
      checks: ['attributes'],
    },
    {
      mistake: 'OneLogin says that the person has no access.',
      remedy: 'On **Access**, choose a role that the person has.',
      checks: ['status'],
    },
    ...saml_mistakes({
      acs: 'ACS (Consumer) URL, and Recipient',
      entity_id: 'Audience (EntityID)',
      on: 'Configuration',
      metadata: 'Issuer URL on SSO, or More Actions > SAML Metadata',
    }),
  ],
};
