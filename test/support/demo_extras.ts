import type { Demo } from '../../scripts/start_demo.ts';
import { admin } from './demo_walk.ts';

/** What the demo itself has no need of: an organization with two ways in, an app of somebody else, a device. */
export async function add_extras(demo: Demo): Promise<void> {
  const { saml, ldap } = demo.partners;
  if (saml === undefined || ldap === undefined) throw new Error('the demo has three partners');
  const organization = await admin<{ id: string }>(demo, 'POST', '/organizations', {
    slug: 'umbrella',
    name: 'Umbrella Group',
    branding: {
      accent: '#f2c200',
      support_contact: 'help@umbrella.example',
      privacy_url: 'https://umbrella.example/privacy',
      password_reset_url: 'https://umbrella.example/reset',
    },
  });
  const own = `/organizations/${organization.id}`;
  await admin(demo, 'POST', `${own}/domains`, { domain: 'umbrella.example', verified: true });
  await admin(demo, 'POST', `${own}/connections`, {
    name: 'Head office',
    protocol: 'saml',
    saml: { metadata_url: saml.metadata_url, sso_binding: 'post' },
  });
  const { urls, ca_pem, bind_dn, bind_password, base_dn } = ldap;
  await admin(demo, 'POST', `${own}/connections`, {
    name: 'Laboratory',
    protocol: 'ldap',
    ldap: { urls, vendor: 'openldap', ca_pem, bind_dn, bind_password, base_dn },
  });
  await admin(demo, 'POST', '/clients', {
    client_id: 'planner',
    client_name: 'Planner by Somebody Else',
    first_party: false,
    redirect_uris: [`${demo.app_url}/elsewhere`],
    token_endpoint_auth_method: 'none',
  });
  await admin(demo, 'POST', '/clients', {
    client_id: 'screen',
    client_name: 'Meeting room screen',
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code'],
    token_endpoint_auth_method: 'none',
  });
}

/** Where an app that is not running sends a browser. */
export function authorization_url(demo: Demo, client_id: string, more: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams({
    client_id,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: `${demo.app_url}/elsewhere`,
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...more,
  });
  return `${demo.issuer}/authorize?${query.toString()}`;
}
