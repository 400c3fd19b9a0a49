import type { Schemas } from '../../api/client.ts';
import type { IconName } from '../../components/icon.tsx';

export type Kind = 'web' | 'spa' | 'native' | 'machine';

/** What an app is decides how it can keep a secret, and so how it proves itself. */
export const kinds: Readonly<Record<Kind, { readonly name: string; readonly about: string; readonly icon: IconName }>> = {
  web: { name: 'Web app', about: 'Has a server that keeps a secret: Node, Java, .NET, Go, Python.', icon: 'globe' },
  spa: { name: 'Single-page app', about: 'Runs in the browser alone and keeps no secret; protected by PKCE.', icon: 'apps' },
  native: { name: 'Phone or desktop app', about: 'Installed on a device; comes back by its own scheme or address.', icon: 'person' },
  machine: { name: 'Machine', about: 'No person signs in: a service asks for tokens for itself.', icon: 'gear' },
};

/** The registration that suits the kind. */
export function registration(
  kind: Kind,
  about: { name: string; redirect_uris: string[]; post_logout_redirect_uris: string[]; refresh: boolean },
): Schemas['NewClient'] {
  const common = { client_name: about.name };
  if (kind === 'machine')
    return { ...common, grant_types: ['client_credentials'], response_types: [], token_endpoint_auth_method: 'client_secret_basic' };
  return {
    ...common,
    ...{ redirect_uris: about.redirect_uris, post_logout_redirect_uris: about.post_logout_redirect_uris },
    grant_types: about.refresh ? ['authorization_code', 'refresh_token'] : ['authorization_code'],
    application_type: kind === 'native' ? 'native' : 'web',
    token_endpoint_auth_method: kind === 'web' ? 'client_secret_basic' : 'none',
  };
}

export function kind_of({ grant_types = [], application_type, token_endpoint_auth_method }: Schemas['Client']): Kind {
  if (!grant_types.includes('authorization_code') && grant_types.includes('client_credentials')) return 'machine';
  if (application_type === 'native') return 'native';
  return token_endpoint_auth_method === 'none' ? 'spa' : 'web';
}

export const has_secret = ({ token_endpoint_auth_method = 'client_secret_basic' }: Schemas['Client']): boolean =>
  token_endpoint_auth_method.startsWith('client_secret');
