import type { Guide } from './guide.ts';

export const keycloak_oidc: Guide = {
  id: 'keycloak_oidc',
  vendor: 'keycloak',
  name: 'Keycloak (OpenID Connect)',
  protocol: 'oidc',
  minutes: 8,
  where: 'The Keycloak admin console, in the realm that people sign in at.',
  steps: [
    {
      title: 'Make the client',
      text: [
        'Open **Clients > Create client** with **Client type** OpenID Connect and a **Client ID** of your choice. On the next page turn **Client authentication** on and leave **Standard flow** ticked; nothing else is needed.',
      ],
      values: [{ label: 'Valid redirect URIs', value: { ours: 'redirect_uri' } }],
    },
    {
      title: 'Let sign-outs reach us',
      text: [
        'On **Settings**, under **Logout settings**, turn **Front channel logout** off and fill in the address; turn **Backchannel logout session required** on.',
      ],
      values: [{ label: 'Backchannel logout URL', value: { ours: 'backchannel_logout_uri' } }],
    },
    {
      title: 'Send groups, if they are wanted',
      text: [
        'On **Client scopes**, open the dedicated scope of this client and add a mapper **Group Membership** with the token claim name groups, **Full group path** off, **Add to ID token** on.',
      ],
    },
    {
      title: 'Copy what we need',
      text: [
        'On **Credentials**, copy the **Client Secret**. The issuer stands in **Realm settings > Endpoints > OpenID Endpoint Configuration**.',
      ],
    },
  ],
  asks_back: [
    { label: 'issuer, as https://your keycloak/realms/your realm', field: 'oidc.issuer' },
    { label: 'Client ID', field: 'oidc.client_id' },
    { label: 'Client Secret', field: 'oidc.client_secret' },
  ],
  mistakes: [
    {
      mistake: 'The issuer is the address of the admin console, has /auth too many or too few, or is http behind a proxy.',
      remedy:
        'Open the **OpenID Endpoint Configuration** of the realm and copy issuer from it. When it says http, set Keycloak’s hostname and proxy options.',
      checks: ['discovery', 'issuer'],
    },
    {
      mistake: 'Keycloak shows “Invalid parameter: redirect_uri”.',
      remedy: 'On **Settings**, copy {redirect_uri} into **Valid redirect URIs**.',
      checks: ['answer'],
    },
    {
      mistake: 'Keycloak answers unauthorized_client or invalid_client.',
      remedy: 'On **Settings**, turn **Client authentication** on; on **Credentials**, copy the **Client Secret** again.',
      checks: ['client_authentication'],
    },
    {
      mistake: 'Accounts are not joined by e-mail address: the address is not verified at Keycloak.',
      remedy: 'Open the person under **Users** and turn **Email verified** on, if it is.',
      checks: ['account'],
    },
    {
      mistake: 'An attribute is missing.',
      remedy: 'On **Client scopes**, look that profile and email are assigned to this client.',
      checks: ['attributes'],
    },
  ],
};
