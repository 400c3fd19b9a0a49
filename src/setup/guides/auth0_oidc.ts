import type { Guide } from './guide.ts';

export const auth0_oidc: Guide = {
  id: 'auth0_oidc',
  vendor: 'auth0',
  name: 'Auth0 (OpenID Connect)',
  protocol: 'oidc',
  minutes: 6,
  where: 'The Auth0 Dashboard of your tenant, as administrator.',
  steps: [
    {
      title: 'Make the application',
      text: [
        'Open **Applications > Applications > Create Application**, take **Regular Web Applications** and give it a name. On **Settings**, fill in the address that people come back to, then **Save Changes**.',
      ],
      values: [{ label: 'Allowed Callback URLs', value: { ours: 'redirect_uri' } }],
    },
    {
      title: 'Let people in',
      text: ['On **Connections**, leave only those switched on whose people may sign in.'],
    },
    {
      title: 'Copy what we need',
      text: [
        'On **Settings**, copy **Domain**, **Client ID** and **Client Secret**. The issuer is https://, the domain, and a slash at its end.',
      ],
    },
  ],
  asks_back: [
    { label: 'https:// + Domain + /', field: 'oidc.issuer' },
    { label: 'Client ID', field: 'oidc.client_id' },
    { label: 'Client Secret', field: 'oidc.client_secret' },
  ],
  mistakes: [
    {
      mistake: 'The issuer lacks the slash at its end, or is not the custom domain that people sign in at.',
      remedy: 'Open /.well-known/openid-configuration of the **Domain** and copy issuer from it.',
      checks: ['discovery', 'signature', 'issuer'],
    },
    {
      mistake: 'Auth0 shows “Callback URL mismatch”.',
      remedy: 'On **Settings**, copy {redirect_uri} into **Allowed Callback URLs**.',
      checks: ['answer'],
    },
    {
      mistake: 'ID tokens are signed with HS256: the client secret, which proves nothing to us.',
      remedy: 'On **Settings > Advanced Settings > OAuth**, set **JSON Web Token (JWT) Signature Algorithm** to RS256.',
      checks: ['discovery', 'keys', 'answer', 'signature'],
    },
    {
      mistake: 'The client secret is not accepted.',
      remedy:
        'On **Settings**, copy **Client Secret** again, and see on **Credentials** that the authentication method is Client Secret (Post) or (Basic).',
      checks: ['client_authentication'],
    },
  ],
};
