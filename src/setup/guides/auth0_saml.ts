import type { Guide } from './guide.ts';
import { saml_mistakes } from './saml_mistakes.ts';

export const auth0_saml: Guide = {
  id: 'auth0_saml',
  vendor: 'auth0',
  name: 'Auth0 (SAML)',
  protocol: 'saml',
  minutes: 12,
  where: 'The Auth0 Dashboard of your tenant, as administrator.',
  steps: [
    {
      title: 'Make the application',
      text: ['Open **Applications > Applications > Create Application**, take **Regular Web Applications** and give it a name.'],
    },
    {
      title: 'Switch SAML on and tell Auth0 where to send people',
      text: [
        'On **Addons**, open **SAML2 Web App**, and there **Settings**. Fill in the address; in the JSON below it set audience to our entity id. Then **Enable**, and **Save**.',
      ],
      values: [
        { label: 'Application Callback URL', value: { ours: 'acs_url' } },
        { label: '"audience"', value: { ours: 'entity_id' } },
        { label: '"nameIdentifierFormat"', value: { text: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' } },
      ],
    },
    {
      title: 'Copy the metadata address',
      text: ['On **Usage** of the same window, copy the address behind **Identity Provider Metadata: Download**.'],
    },
    {
      title: 'Let people in',
      text: ['On **Connections**, leave only those switched on whose people may sign in.'],
    },
  ],
  asks_back: [{ label: 'Identity Provider Metadata', field: 'saml.metadata_url' }],
  mistakes: [
    {
      mistake: 'The JSON of the addon was not saved, or its lines are still comments.',
      remedy: 'In **Addons > SAML2 Web App > Settings**, take the // away before audience, and **Save** at the bottom.',
      checks: ['audience'],
    },
    {
      mistake: 'The signature is made with SHA-1.',
      remedy: 'In **Addons > SAML2 Web App > Settings**, set "signatureAlgorithm": "rsa-sha256" and "digestAlgorithm": "sha256".',
      checks: ['signature'],
    },
    {
      mistake: 'An attribute is missing, or has another name than is expected.',
      remedy:
        'In **Addons > SAML2 Web App > Settings**, name it under "mappings"; the claims that Auth0 sends from the start are understood.',
      checks: ['attributes'],
    },
    {
      mistake: 'Auth0 has no connection for this application, or a rule or action of yours refuses the person.',
      remedy: 'On **Connections**, switch on where the person is kept; **Monitoring > Logs** says why somebody was refused.',
      checks: ['status'],
    },
    ...saml_mistakes({
      acs: 'Application Callback URL',
      entity_id: '"audience"',
      on: 'Addons > SAML2 Web App > Settings',
      metadata: 'Identity Provider Metadata on Usage',
    }),
  ],
};
