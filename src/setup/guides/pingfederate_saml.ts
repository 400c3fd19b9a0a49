import type { Guide } from './guide.ts';
import { saml_mistakes } from './saml_mistakes.ts';

export const pingfederate_saml: Guide = {
  id: 'pingfederate_saml',
  vendor: 'ping',
  name: 'PingFederate',
  protocol: 'saml',
  minutes: 30,
  where: 'The PingFederate administrative console, as administrator.',
  steps: [
    {
      title: 'Make the SP connection',
      text: [
        'Open **Applications > SP Connections > Create Connection**. As connection type take **Browser SSO Profiles** with **SAML 2.0**.',
        'On **Import Metadata**, take the address below or its document as a file: that fills in most of what follows. Name the connection and go on.',
      ],
      values: [
        { label: 'Import Metadata', value: { ours: 'metadata_url' } },
        { label: 'Partner’s Entity ID', value: { ours: 'entity_id' } },
      ],
    },
    {
      title: 'Configure Browser SSO',
      text: [
        '**SAML Profiles**: tick **SP-Initiated SSO**, and **SP-Initiated SLO** if sign-outs are to end the session here.',
        '**Assertion Creation > Attribute Contract**: extend it by the attributes below. **Authentication Source Mapping**: fulfil each of them, and SAML_SUBJECT with a value that never changes for a person.',
        '**Protocol Settings > Assertion Consumer Service URL**: binding **POST** and the address below. **Allowable SAML Bindings**: Redirect and POST. **Signature Policy**: sign the assertion, or the response, or both.',
      ],
      values: [
        { label: 'Assertion Consumer Service URL', value: { ours: 'acs_url' } },
        { label: 'Attribute Contract', value: { text: 'SAML_SUBJECT, mail, givenName, sn, groups' } },
      ],
    },
    {
      title: 'Choose the signing key',
      text: ['Under **Credentials > Digital Signature Settings**, choose the certificate and an RSA algorithm with SHA-256.'],
    },
    {
      title: 'Switch it on and export',
      text: [
        'On **Activation & Summary**, switch the connection on and **Save**. Back in the list, **Select Action > Export Metadata** gives the file for us, or give the address of your metadata if you publish one.',
      ],
    },
  ],
  asks_back: [
    { label: 'Metadata address', field: 'saml.metadata_url' },
    { label: 'Exported metadata', field: 'saml.metadata_xml', note: 'Instead of the address, where there is none.' },
  ],
  mistakes: [
    {
      mistake: 'The connection was saved but not switched on.',
      remedy: 'In **SP Connections**, turn the connection on.',
      checks: ['status'],
    },
    {
      mistake: 'The attribute contract is not fulfilled: PingFederate shows an error, or sends an empty attribute.',
      remedy: 'In **Authentication Source Mapping > Attribute Contract Fulfillment**, give every attribute a source.',
      checks: ['attributes', 'status'],
    },
    {
      mistake: 'We ask that assertion and response are signed, and only one is.',
      remedy: 'In **Protocol Settings > Signature Policy**, sign both; or have the connection accept either.',
      checks: ['signature'],
    },
    ...saml_mistakes({
      acs: 'Assertion Consumer Service URL',
      entity_id: 'Partner’s Entity ID',
      on: 'the SP connection, General Info and Protocol Settings',
      metadata: 'Select Action > Export Metadata in SP Connections',
    }),
  ],
};
