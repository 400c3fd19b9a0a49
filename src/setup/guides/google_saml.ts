import type { Guide } from './guide.ts';
import { saml_mistakes } from './saml_mistakes.ts';

export const google_saml: Guide = {
  id: 'google_saml',
  vendor: 'google',
  name: 'Google Workspace',
  protocol: 'saml',
  minutes: 15,
  where: 'The Google Admin console (admin.google.com), as super administrator.',
  steps: [
    {
      title: 'Make the application',
      text: ['Open **Apps > Web and mobile apps** and choose **Add app > Add custom SAML app**. Give it a name, then **Continue**.'],
    },
    {
      title: 'Download the metadata',
      text: [
        'On **Google Identity Provider details**, choose **Download metadata** and keep the file for us. Google publishes no address for it, so a new certificate never arrives by itself: you give us the new file before the old certificate ends. Its contacts are reminded by e-mail.',
      ],
    },
    {
      title: 'Tell Google where to send people',
      text: ['On **Service provider details**, fill in these fields. **Signed response** may be on or off.'],
      values: [
        { label: 'ACS URL', value: { ours: 'acs_url' } },
        { label: 'Entity ID', value: { ours: 'entity_id' } },
        { label: 'Name ID format', value: { text: 'EMAIL' } },
        { label: 'Name ID', value: { text: 'Basic Information > Primary email' } },
      ],
    },
    {
      title: 'Say what is sent about a person',
      text: ['On **Attribute mapping**, add these. For groups, choose them under **Group membership** and name the app attribute groups.'],
      values: [
        { label: 'Primary email', value: { text: 'mail' } },
        { label: 'First name', value: { text: 'givenName' } },
        { label: 'Last name', value: { text: 'sn' } },
      ],
    },
    {
      title: 'Switch it on',
      text: [
        'A new application is off for everyone. Open **User access**, choose **ON for everyone** or an organizational unit or group, and **Save**. It takes minutes, at times much longer, until every person notices.',
      ],
    },
  ],
  asks_back: [{ label: 'The downloaded metadata file', field: 'saml.metadata_xml' }],
  mistakes: [
    {
      mistake: 'Google shows 403 app_not_enabled_for_user.',
      remedy:
        'Under **User access**, switch the application on for the person’s organizational unit, then wait; sign out of Google and in again.',
      checks: ['status'],
    },
    {
      mistake: 'Google shows 403 app_not_configured_for_user: it knows no application by the name that we call ourselves.',
      remedy: 'Copy {entity_id} into **Entity ID** under **Service provider details**.',
      checks: ['status'],
    },
    {
      mistake: 'Another account of the same browser answered: a private Google account, or a second Workspace account.',
      remedy: 'Sign out of the other Google account, or use a private window.',
      checks: ['attributes', 'account'],
    },
    {
      mistake: 'A primary e-mail address was changed, and the person arrives as somebody new.',
      remedy: 'Google’s name id is the address. Ask for the two accounts to be merged; Google offers nothing better by SAML.',
      checks: ['account'],
    },
    {
      mistake: 'Google offers no SCIM for custom applications: people are not switched off when they leave.',
      remedy: 'Have the vendor set up reading the directory, or end access by hand.',
    },
    ...saml_mistakes({
      acs: 'ACS URL',
      entity_id: 'Entity ID',
      on: 'Service provider details',
      metadata: 'Download metadata, again, as a file',
    }),
  ],
};
