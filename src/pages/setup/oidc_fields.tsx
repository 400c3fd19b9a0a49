import type { ReactNode } from 'react';
import type { SetupConnectionView } from './connection_view.ts';
import { Copyable, TextField, TickField } from './parts.tsx';
import type { SetupShell } from './view.ts';

/** Issuer, client and secret. */
export function OidcFields({ view, shell }: { view: SetupConnectionView; shell: SetupShell }): ReactNode {
  const { values, labels, secret_stored, jwks_uri } = view;
  return (
    <fieldset>
      <legend className="silent">OpenID Connect</legend>
      <TextField
        {...{ name: 'issuer', label: labels['issuer'] ?? 'Issuer', value: values['issuer'], shell, placeholder: 'https://' }}
        hint="The address of the discovery document, which ends in /.well-known/openid-configuration, is fine as well."
      />
      <TextField {...{ name: 'client_id', label: labels['client_id'] ?? 'Client ID', value: values['client_id'], shell }} />
      <TextField
        {...{
          name: 'client_secret',
          label: labels['client_secret'] ?? 'Client secret',
          shell,
          type: 'password',
          autocomplete: 'new-password',
        }}
        hint={
          secret_stored
            ? 'One is stored. Leave this empty to keep it; nobody can read it back.'
            : 'It is stored encrypted, and nobody can read it back. The secret itself, not its id.'
        }
      />
      {jwks_uri === undefined ? null : (
        <details open={values['private_key_jwt'] === 'on'}>
          <summary>Without a secret: by our keys</summary>
          <div>
            <TickField
              name="private_key_jwt"
              label="We prove who we are by a key (private_key_jwt)"
              on={values['private_key_jwt'] === 'on'}
            />
            <Copyable id="jwks" label="Our keys (JWKS URL)" value={jwks_uri} />
          </div>
        </details>
      )}
      <details>
        <summary>More settings</summary>
        <TextField
          {...{ name: 'scopes', label: 'Scopes', value: values['scopes'], shell, placeholder: 'openid email profile' }}
          hint="Empty: openid email profile. Add groups where your provider wants it so."
        />
      </details>
    </fieldset>
  );
}
