import type { Guide } from './guide.ts';

export const entra_oidc: Guide = {
  id: 'entra_oidc',
  vendor: 'entra',
  name: 'Microsoft Entra ID (OpenID Connect)',
  protocol: 'oidc',
  minutes: 12,
  where: 'The Microsoft Entra admin center, as Application Administrator.',
  steps: [
    {
      title: 'Register the application',
      text: [
        'Open **App registrations > New registration**. As **Supported account types** take the accounts of your own directory only.',
        'Under **Redirect URI**, choose **Web** and fill in the address that people come back to. Then **Register**.',
      ],
      values: [{ label: 'Redirect URI (Web)', value: { ours: 'redirect_uri' } }],
    },
    {
      title: 'Make a secret',
      text: [
        'Open **Certificates & secrets > New client secret**. Copy the **Value** at once: it is shown only now. The **Secret ID** beside it is not the secret.',
        'Note the day on which it expires: nobody can sign in after it.',
      ],
    },
    {
      title: 'Say what is sent about a person',
      text: [
        'Open **Token configuration**. **Add optional claim** for the **ID** token: email, given_name, family_name.',
        'For groups, **Add groups claim** and take **Groups assigned to the application**.',
      ],
    },
    {
      title: 'Let people in',
      text: [
        'The application also stands under **Enterprise applications**. There, under **Properties**, turn **Assignment required?** on if not everybody may sign in, and add people under **Users and groups**.',
      ],
    },
    {
      title: 'Copy what we need',
      text: [
        'On **Overview**, copy **Application (client) ID** and **Directory (tenant) ID**. The issuer is made from the second, as below.',
      ],
    },
  ],
  asks_back: [
    { label: 'https://login.microsoftonline.com/ + Directory (tenant) ID + /v2.0', field: 'oidc.issuer' },
    { label: 'Application (client) ID', field: 'oidc.client_id' },
    { label: 'Value of the client secret', field: 'oidc.client_secret' },
  ],
  mistakes: [
    {
      mistake: 'The issuer has common or organizations in the place of the tenant, or lacks /v2.0.',
      remedy: 'Take https://login.microsoftonline.com/, the **Directory (tenant) ID** of **Overview**, and /v2.0.',
      checks: ['discovery', 'signature', 'issuer'],
    },
    {
      mistake: 'Entra shows AADSTS50011: the redirect URI is another one.',
      remedy: 'Under **Authentication**, add {redirect_uri} to the platform **Web**, not **Single-page application**.',
      checks: ['answer'],
    },
    {
      mistake: 'Entra answers invalid_client: the secret has expired, or its id was copied instead of its value.',
      remedy: 'Under **Certificates & secrets**, make a new client secret and give us its **Value**.',
      checks: ['client_authentication'],
    },
    {
      mistake: 'No groups come for people in very many groups: Entra then sends a link instead of a list.',
      remedy: 'Under **Token configuration**, edit the groups claim and take **Groups assigned to the application**.',
      checks: ['groups'],
    },
    {
      mistake: 'No e-mail address comes.',
      remedy: 'Under **Token configuration**, add the optional claim email to the ID token, and give the person a value for mail.',
      checks: ['attributes'],
    },
    {
      mistake: 'Accounts are not joined by e-mail address: Entra does not say that an address is verified, and silence never joins.',
      remedy: 'Let SCIM make the accounts with externalId = objectId and this connection named by the token, or let sign-ins make them.',
      checks: ['account'],
    },
  ],
};
