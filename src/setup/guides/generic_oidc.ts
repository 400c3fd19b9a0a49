import type { Guide } from './guide.ts';

export const generic_oidc: Guide = {
  id: 'generic_oidc',
  vendor: 'generic_oidc',
  name: 'Any other OpenID Connect provider',
  protocol: 'oidc',
  minutes: 12,
  where: 'The administration of your provider, where applications (also called clients or relying parties) are added.',
  steps: [
    {
      title: 'Register us as a client',
      text: [
        'Make a confidential (web) client that uses the authorization code flow. PKCE may be demanded: we use it always.',
        'The second address is for providers with back-channel logout, the third for those that take keys (private_key_jwt) instead of a secret.',
      ],
      values: [
        { label: 'Redirect URI', value: { ours: 'redirect_uri' } },
        { label: 'Back-channel logout URI', value: { ours: 'backchannel_logout_uri' } },
        { label: 'JWKS URI', value: { ours: 'jwks_uri' } },
      ],
    },
    {
      title: 'Say what is sent about a person',
      text: [
        'Allow the scopes openid, profile and email. For groups, send a claim groups in the ID token or from userinfo. Sign ID tokens with RS256 or ES256.',
      ],
    },
    {
      title: 'Let people in',
      text: ['Assign the people who may sign in, where your provider wants that.'],
    },
  ],
  asks_back: [
    {
      label: 'Issuer',
      field: 'oidc.issuer',
      note: 'Exactly as the discovery document says it; without /.well-known/openid-configuration.',
    },
    { label: 'Client ID', field: 'oidc.client_id' },
    { label: 'Client secret', field: 'oidc.client_secret', note: 'Not with private_key_jwt.' },
  ],
  mistakes: [
    {
      mistake: 'The issuer is not what the provider calls itself: a slash at the end, another host, the address of the discovery document.',
      remedy: 'Open /.well-known/openid-configuration and copy issuer from it, letter by letter.',
      checks: ['discovery', 'signature', 'id_token', 'issuer'],
    },
    {
      mistake: 'The provider shows an error about the redirect URI.',
      remedy: 'Register {redirect_uri}, letter by letter.',
      checks: ['answer'],
    },
    {
      mistake: 'The provider answers invalid_client.',
      remedy:
        'Copy the client secret again; compare how the client authenticates (client_secret_basic, client_secret_post, private_key_jwt) on both sides.',
      checks: ['client_authentication', 'own_key'],
    },
    {
      mistake: 'ID tokens are signed with a shared secret (HS256) or not at all.',
      remedy: 'Sign them with RS256 or ES256.',
      checks: ['keys', 'discovery'],
    },
    {
      mistake: 'The clocks differ.',
      remedy: 'Set the clock of the provider by NTP.',
      checks: ['clock'],
    },
    {
      mistake: 'The provider did not sign the person in as strongly, or as recently, as was asked.',
      remedy: 'Compare the acr values and max_age that are asked for with what the provider can do.',
      checks: ['authentication'],
    },
    {
      mistake: 'An attribute is missing.',
      remedy: 'Ask for another scope in the connection, or map the claim under whose name it comes.',
      checks: ['attributes', 'userinfo'],
    },
  ],
};
