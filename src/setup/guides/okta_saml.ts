import type { Guide } from './guide.ts';
import { saml_mistakes } from './saml_mistakes.ts';

export const okta_saml: Guide = {
  id: 'okta_saml',
  vendor: 'okta',
  name: 'Okta (SAML)',
  protocol: 'saml',
  minutes: 10,
  where: 'The Okta Admin Console, as somebody who may manage applications.',
  steps: [
    {
      title: 'Make the application',
      text: [
        'Open **Applications > Applications** and choose **Create App Integration**. Take **SAML 2.0**, then **Next**.',
        'Give it the name that people know the product by.',
      ],
    },
    {
      title: 'Tell Okta where to send people',
      text: [
        'On **Configure SAML**, fill in these fields. Leave **Use this for Recipient URL and Destination URL** ticked.',
        'A name id that never changes for a person keeps the account when an address changes: with **Application username** set to **Custom** and the expression user.getInternalProperty("id"), Okta sends its own id. The Okta username works as well, until it is changed.',
      ],
      values: [
        { label: 'Single sign-on URL', value: { ours: 'acs_url' } },
        { label: 'Audience URI (SP Entity ID)', value: { ours: 'entity_id' } },
        { label: 'Name ID format', value: { text: 'Persistent' } },
      ],
    },
    {
      title: 'Say what is sent about a person',
      text: [
        'Add these **Attribute Statements**. For groups, add a **Group Attribute Statement** named groups with a filter that takes only the groups this product needs.',
      ],
      values: [
        { label: 'mail', value: { text: 'user.email' } },
        { label: 'givenName', value: { text: 'user.firstName' } },
        { label: 'sn', value: { text: 'user.lastName' } },
        { label: 'displayName', value: { text: 'user.displayName' } },
      ],
    },
    {
      title: 'Let people in',
      text: ['After **Finish**, open the tab **Assignments** and assign the people or groups who may sign in.'],
    },
    {
      title: 'Copy the metadata address',
      text: ['On the tab **Sign On**, copy **Metadata URL**. New certificates then follow by themselves.'],
    },
  ],
  asks_back: [{ label: 'Metadata URL', field: 'saml.metadata_url' }],
  mistakes: [
    {
      mistake: 'Okta says that the person is not assigned to this application, and nothing reaches us.',
      remedy: 'On the tab **Assignments**, assign the person or one of their groups.',
      checks: ['status'],
    },
    {
      mistake: 'An attribute is missing.',
      remedy:
        'On **General > SAML Settings > Edit**, compare the names under **Attribute Statements** with those above. Okta leaves out an attribute whose value is empty in the profile.',
      checks: ['attributes'],
    },
    {
      mistake: 'The name id is transient: another one at each sign-in.',
      remedy: 'On **General > SAML Settings > Edit**, set **Name ID format** to **Persistent** or **EmailAddress**.',
      checks: ['outcome'],
    },
    ...saml_mistakes({
      acs: 'Single sign-on URL',
      entity_id: 'Audience URI (SP Entity ID)',
      on: 'General > SAML Settings > Edit > Configure SAML',
      metadata: 'Metadata URL on the tab Sign On',
    }),
  ],
};
