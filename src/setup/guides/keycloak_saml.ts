import type { Guide } from './guide.ts';
import { saml_mistakes } from './saml_mistakes.ts';

export const keycloak_saml: Guide = {
  id: 'keycloak_saml',
  vendor: 'keycloak',
  name: 'Keycloak (SAML)',
  protocol: 'saml',
  minutes: 12,
  where: 'The Keycloak admin console, in the realm that people sign in at.',
  steps: [
    {
      title: 'Make the client',
      text: [
        'Open **Clients > Import client** and give it the document at our metadata address: that brings addresses and certificates along. Or **Create client** with **Client type** SAML and the values below.',
      ],
      values: [
        { label: 'Import client', value: { ours: 'metadata_url' } },
        { label: 'Client ID', value: { ours: 'entity_id' } },
        { label: 'Valid redirect URIs', value: { ours: 'acs_url' } },
        { label: 'Master SAML Processing URL', value: { ours: 'acs_url' } },
        { label: 'Logout Service POST Binding URL', value: { ours: 'slo_url' } },
      ],
    },
    {
      title: 'Choose name id and signatures',
      text: [
        'On **Settings**, set **Name ID format** to persistent and turn **Force name ID format** on. **Sign documents** or **Sign assertions**: one of them must be on. Signature algorithm: RSA_SHA256.',
        'On **Keys**, **Client signature required** may stay on: our requests are signed, and the certificate came with the import. Made by hand, import {certificate} there.',
      ],
      values: [{ label: 'Name ID format', value: { text: 'persistent' } }],
    },
    {
      title: 'Say what is sent about a person',
      text: [
        'On **Client scopes**, open the dedicated scope of this client and add mappers: **X500 email**, **X500 givenName**, **X500 surname** from the predefined ones, and a **Group list** named groups with **Full group path** off and **Single Group Attribute** on.',
      ],
    },
  ],
  asks_back: [{ label: 'https://your keycloak/realms/your realm/protocol/saml/descriptor', field: 'saml.metadata_url' }],
  mistakes: [
    {
      mistake: 'Keycloak shows “Invalid requester”: it does not have the certificate that we sign requests with.',
      remedy: 'On **Keys**, import our certificate from {metadata_url}, or turn **Client signature required** off.',
      checks: ['status'],
    },
    {
      mistake: 'Keycloak shows “Invalid redirect uri”, or “Client not found”.',
      remedy: 'On **Settings**, copy {acs_url} into **Valid redirect URIs** and {entity_id} into **Client ID**.',
      checks: ['status'],
    },
    {
      mistake: 'Nothing is signed, or only what we do not ask for.',
      remedy: 'On **Settings**, turn **Sign documents** and **Sign assertions** on.',
      checks: ['signature'],
    },
    {
      mistake: 'The name id is transient, or a user name that changes.',
      remedy: 'On **Settings**, set **Name ID format** to persistent and turn **Force name ID format** on.',
      checks: ['outcome', 'account'],
    },
    {
      mistake: 'An attribute is missing.',
      remedy: 'On **Client scopes**, add the mapper to the dedicated scope of this client.',
      checks: ['attributes'],
    },
    {
      mistake: 'The realm’s key was rotated, and we have only its old certificate.',
      remedy: 'Give us the address of the descriptor instead of a file.',
      checks: ['signature', 'certificate'],
    },
    ...saml_mistakes({
      acs: 'Master SAML Processing URL',
      entity_id: 'Client ID',
      on: 'Settings of the client',
      metadata: 'the descriptor of the realm (Realm settings > Endpoints > SAML 2.0 Identity Provider Metadata)',
    }),
  ],
};
