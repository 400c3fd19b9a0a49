import { api, type Schemas, take } from '../../api/client.ts';
import { use_rights } from '../../api/use_session.ts';
import { Card } from '../../components/card.tsx';
import { EditForm } from '../../components/fields/edit_form.tsx';
import type { Field } from '../../components/fields/field.ts';
import { kind_of } from './kind.ts';
import { redirect_uris_problem } from './redirect_uri.ts';
import { useMemo } from 'react';

const grants = [
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:token-exchange',
];
const choices = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

const rest: readonly Field[] = [
  {
    path: 'initiate_login_uri',
    label: 'Where a sign-in can be begun',
    kind: 'text',
    description: 'For sign-ins that start at the partner’s portal.',
  },
  {
    path: 'backchannel_logout_uri',
    label: 'Where it is told that access ended',
    kind: 'text',
    description: 'Back-channel logout: within 5 seconds of the end.',
  },
  { path: 'first_party', label: 'Our own app: people are not asked for consent', kind: 'switch' },
  { path: 'scope', label: 'Scopes it may ask for', kind: 'text', otherwise: 'openid profile email groups roles offline_access' },
  { path: 'grant_types', label: 'Grant types', kind: 'tags', choices: choices(grants), advanced: true },
  {
    ...{ path: 'token_endpoint_auth_method', label: 'How it proves itself', kind: 'choice', advanced: true },
    choices: choices(['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none']),
  },
  { path: 'jwks_uri', label: 'Address of its keys (JWKS)', kind: 'text', advanced: true, description: 'For private_key_jwt.' },
  {
    path: 'claims_preset',
    label: 'Claims named like those of',
    kind: 'choice',
    choices: choices(['auth0', 'keycloak', 'logto']),
    advanced: true,
    description: 'For an app that moved over.',
  },
  { path: 'default_max_age', label: 'Seconds after which a sign-in is asked for anew', kind: 'number', advanced: true },
  { path: 'require_pushed_authorization_requests', label: 'Take pushed authorization requests only (PAR)', kind: 'switch', advanced: true },
  { path: 'dpop_bound_access_tokens', label: 'Bind access tokens to a key (DPoP)', kind: 'switch', advanced: true },
  { path: 'client_uri', label: 'Home page', kind: 'text', advanced: true },
  { path: 'policy_uri', label: 'Privacy notice', kind: 'text', advanced: true },
  { path: 'tos_uri', label: 'Terms', kind: 'text', advanced: true },
];

/** Everything that can be set of an app. */
export function AppSettings({ client, etag }: { readonly client: Schemas['Client']; readonly etag: string }) {
  const { write_installation } = use_rights();
  const { id } = client;
  const kind = kind_of(client);
  const fields = useMemo((): readonly Field[] => {
    const check = (text: string) => redirect_uris_problem(text, kind);
    const addresses: readonly Field[] =
      kind === 'machine'
        ? []
        : [
            {
              path: 'redirect_uris',
              label: 'Where people come back to (redirect URIs)',
              kind: 'lines',
              required: true,
              check,
              description: 'One in each line, letter by letter as the app sends it.',
            },
            { path: 'post_logout_redirect_uris', label: 'Where they land after signing out', kind: 'lines', check },
          ];
    return [{ path: 'client_name', label: 'Name', kind: 'text' }, ...addresses, ...rest];
  }, [kind]);
  const save = (body: Record<string, unknown>) =>
    take(api.PATCH('/clients/{id}', { params: { path: { id }, header: { 'If-Match': etag } }, body }));
  return (
    <Card title="Settings">
      <EditForm fields={fields} item={client} save={save} refresh={[['clients']]} read_only={!write_installation} />
    </Card>
  );
}
