import type { Guide } from './guide.ts';
import { saml_mistakes } from './saml_mistakes.ts';

export const generic_saml: Guide = {
  id: 'generic_saml',
  vendor: 'generic_saml',
  name: 'Any other SAML 2.0 identity provider',
  protocol: 'saml',
  minutes: 20,
  where: 'The administration of your identity provider, where applications (also called service providers or relying parties) are added.',
  steps: [
    {
      title: 'Add us as a service provider',
      text: ['If it can import metadata, give it the first address: everything else is in it. Otherwise type in the rest.'],
      values: [
        { label: 'Metadata', value: { ours: 'metadata_url' } },
        { label: 'Entity ID (also: audience, identifier, issuer of the service provider)', value: { ours: 'entity_id' } },
        {
          label: 'Assertion consumer service (also: ACS, reply URL, single sign-on URL of the service provider), binding HTTP-POST',
          value: { ours: 'acs_url' },
        },
        { label: 'Single logout service', value: { ours: 'slo_url' } },
        { label: 'Certificate that our requests are signed with', value: { ours: 'certificate' } },
      ],
    },
    {
      title: 'Say what is sent about a person',
      text: [
        'As name id, send a value that never changes for a person (persistent, or an employee number), or else the e-mail address. As attributes, send the ones below, by these names or their OIDs; others can be mapped.',
        'Sign the assertion, or the response, or both, with RSA and SHA-256 or better.',
      ],
      values: [{ label: 'Attributes', value: { text: 'mail, givenName, sn, displayName, groups' } }],
    },
    {
      title: 'Let people in',
      text: ['Assign the people who may sign in, where your identity provider wants that.'],
    },
  ],
  asks_back: [
    { label: 'Metadata address', field: 'saml.metadata_url', note: 'Best: new certificates then follow by themselves.' },
    { label: 'Metadata file', field: 'saml.metadata_xml', note: 'Where there is no address.' },
    {
      label: 'Entity ID, sign-in address and signing certificate',
      field: 'saml.entity_id',
      note: 'With saml.sso_url and saml.certificates, where there is no metadata at all.',
    },
  ],
  mistakes: [
    {
      mistake: 'The person is not assigned, or the identity provider does not know us.',
      remedy:
        'Assign the person; compare the entity id there with {entity_id}. The identity provider’s own log says more than it tells us.',
      checks: ['status'],
    },
    {
      mistake: 'The name id is transient: another one at each sign-in.',
      remedy: 'Choose the persistent format, or tell us in subject_attribute which attribute says who it is.',
      checks: ['outcome'],
    },
    {
      mistake: 'An attribute is missing.',
      remedy: 'Release it to us, or map the name under which it comes.',
      checks: ['attributes'],
    },
    {
      mistake: 'The clocks differ.',
      remedy: 'Set the clock of the identity provider by NTP.',
      checks: ['clock'],
    },
    {
      mistake: 'The same answer arrived twice, or long after it was asked for.',
      remedy: 'Start the sign-in at the application again; the back button repeats an answer.',
      checks: ['in_response_to', 'replay'],
    },
    ...saml_mistakes({
      acs: 'Assertion consumer service',
      entity_id: 'Entity ID',
      on: 'our entry at the identity provider',
      metadata: 'metadata with the signing certificate of today',
    }),
    // a signature that holds for nobody is seldom this
    {
      mistake: 'Where assertions are encrypted: this one is for a key that is not ours, or by an algorithm that is no longer safe.',
      remedy: 'Take our encryption certificate from {metadata_url} and encrypt with AES-GCM and RSA-OAEP.',
      checks: ['encryption', 'signature'],
    },
  ],
};
