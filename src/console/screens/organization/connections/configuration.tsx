import { Stack } from '@mantine/core';
import { api, take } from '../../../api/client.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { CopyField } from '../../../components/copy_field.tsx';
import { Facts } from '../../../components/facts.tsx';
import { EditForm } from '../../../components/fields/edit_form.tsx';
import type { Field } from '../../../components/fields/field.ts';
import type { Of } from './of.ts';
import { connection_fields, provisioning_fields } from './fields.ts';

const name: Field = { path: 'name', label: 'Name', kind: 'text', required: true };
const our_side: readonly (readonly [
  key: 'acs_url' | 'entity_id' | 'metadata_url' | 'slo_url' | 'redirect_uri' | 'backchannel_logout_uri' | 'jwks_uri',
  label: string,
])[] = [
  ['acs_url', 'ACS URL (Reply URL)'],
  ['entity_id', 'Entity ID (Audience)'],
  ['metadata_url', 'Our metadata'],
  ['slo_url', 'Sign-out URL'],
  ['redirect_uri', 'Redirect URI'],
  ['backchannel_logout_uri', 'Back-channel logout URI'],
  ['jwks_uri', 'Our keys (JWKS)'],
];

/** What the partner types in, and what the partner gave. */
export function Configuration({ organization_id, connection, etag }: Of) {
  const { write_organization } = use_rights();
  const { id, protocol, service_provider } = connection;
  const own = our_side.flatMap(([key, label]) => {
    const value = service_provider[key];
    return value === undefined ? [] : [[label, <CopyField key={key} value={value} what={label} />] as const];
  });
  const save = (body: Record<string, unknown>) =>
    take(
      api.PATCH('/organizations/{organization_id}/connections/{id}', {
        params: { path: { organization_id, id }, header: { 'If-Match': etag } },
        body,
      }),
    );
  const common = { item: connection, save, refresh: [['organizations', organization_id]], read_only: !write_organization };
  return (
    <Stack gap="md">
      {own.length > 0 && (
        <Card title="Our side" note="The partner’s administrator types these in.">
          <Facts of={own} />
        </Card>
      )}
      <Card title="The partner’s side">
        <EditForm key={protocol} fields={forms[protocol]} {...common} />
      </Card>
      <Card title="People who come in">
        <EditForm fields={provisioning_fields} {...common} />
      </Card>
    </Stack>
  );
}

const forms = {
  saml: [name, ...connection_fields.saml],
  oidc: [name, ...connection_fields.oidc],
  ldap: [name, ...connection_fields.ldap],
} as const;
