import type { Guide } from './guide.ts';

export const okta_oidc: Guide = {
  id: 'okta_oidc',
  vendor: 'okta',
  name: 'Okta (OpenID Connect)',
  protocol: 'oidc',
  minutes: 8,
  where: 'The Okta Admin Console, as somebody who may manage applications.',
  steps: [
    {
      title: 'Make the application',
      text: [
        'Open **Applications > Applications** and choose **Create App Integration**. Take **OIDC - OpenID Connect**, then **Web Application**.',
        'As **Grant type**, **Authorization Code** is enough. Fill in the address that people come back to.',
      ],
      values: [{ label: 'Sign-in redirect URIs', value: { ours: 'redirect_uri' } }],
    },
    {
      title: 'Let people in',
      text: ['Under **Assignments**, choose who may sign in, then **Save**.'],
    },
    {
      title: 'Send groups, if they are wanted',
      text: [
        'On the tab **Sign On**, edit **OpenID Connect ID Token**: a **Groups claim filter** named groups that takes the groups this product needs. Then ask for the scope groups in the connection.',
      ],
    },
    {
      title: 'Copy what we need',
      text: [
        'On the tab **General**, copy **Client ID** and the **Client secret**. The issuer is the address of your organization at Okta, without /oauth2 and without -admin, unless you use a custom authorization server on purpose.',
      ],
    },
  ],
  asks_back: [
    { label: 'Okta domain, as https://acme.okta.com', field: 'oidc.issuer' },
    { label: 'Client ID', field: 'oidc.client_id' },
    { label: 'Client secret', field: 'oidc.client_secret' },
  ],
  mistakes: [
    {
      mistake: 'The issuer is the address of the Admin Console, or has a path that the provider does not call itself by.',
      remedy: 'Use the Okta domain without -admin. With a custom authorization server, copy its **Issuer** from **Security > API**.',
      checks: ['discovery', 'issuer'],
    },
    {
      mistake: 'Okta shows an error that the redirect URI is not one of the application.',
      remedy: 'Copy {redirect_uri} into **Sign-in redirect URIs** on the tab **General**.',
      checks: ['answer'],
    },
    {
      mistake: 'The client secret is not accepted: it was replaced, or copied with a space.',
      remedy: 'Copy the **Client secret** again from the tab **General**.',
      checks: ['client_authentication'],
    },
    {
      mistake: 'Okta answers access_denied: the person is not assigned.',
      remedy: 'On the tab **Assignments**, assign the person or one of their groups.',
      checks: ['answer'],
    },
    {
      mistake: 'An attribute is missing.',
      remedy: 'Ask for the scopes openid, profile and email in the connection, and look whether the profile in Okta has a value.',
      checks: ['attributes'],
    },
  ],
};
