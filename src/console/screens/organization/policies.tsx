import { Stack } from '@mantine/core';
import { api, take } from '../../api/client.ts';
import { use_rights } from '../../api/use_session.ts';
import { Card } from '../../components/card.tsx';
import { EditForm } from '../../components/fields/edit_form.tsx';
import type { Field } from '../../components/fields/field.ts';
import { LinkAnchor } from '../../components/links.tsx';
import { PageHead } from '../../components/page_head.tsx';
import { use_organization, use_organization_id } from './use_organization.ts';

const sources = ['scim', 'sync', 'sign_in', 'import', 'admin'].map((value) => ({ value, label: value }));

const fields: readonly Field[] = [
  {
    ...{ path: 'people_policy.allowed_groups', label: 'Only people of these groups', kind: 'tags', otherwise: 'everyone' },
    description:
      'Names or ids of groups. Whoever is in none of them does not sign in, and whoever leaves the last of them loses access at once.',
  },
  {
    ...{
      path: 'people_policy.match_by',
      label: 'How a person who is there already is found',
      kind: 'tags',
      otherwise: 'external_id, subject, verified_email',
    },
    choices: ['external_id', 'subject', 'verified_email'].map((value) => ({ value, label: value })),
    description: 'In this order. It never loosens what a connection says about linking.',
  },
  {
    ...{
      path: 'people_policy.on_conflict',
      label: 'A directory meets somebody whom another source made',
      kind: 'choice',
      otherwise: 'adopt',
    },
    choices: [
      { value: 'adopt', label: 'It takes the person over' },
      { value: 'refuse', label: 'It is refused' },
      { value: 'ask', label: 'An administrator is asked' },
    ],
  },
  {
    ...{
      path: 'people_policy.attribute_owners.default',
      label: 'Who owns what is said of a person',
      kind: 'tags',
      otherwise: 'the last word counts',
      choices: sources,
    },
    description: 'The first source in this list that has spoken of an attribute owns it.',
  },
  { path: 'people_policy.admin_override', label: 'An administrator may change what another source owns', kind: 'switch' },
];

/** Rules for the people of one organization. */
export function Policies() {
  const organization_id = use_organization_id();
  const { organization, etag } = use_organization();
  const { write_organization } = use_rights();
  if (organization === undefined) return null;
  const save = (body: Record<string, unknown>) =>
    take(api.PATCH('/organizations/{organization_id}', { params: { path: { organization_id }, header: { 'If-Match': etag } }, body }));
  return (
    <>
      <PageHead
        order={2}
        title="Policies"
        lead="Who may come in, and whose word counts. Without any, everyone whom the partner vouches for comes in, and the last word counts."
      />
      <Stack gap="md">
        <Card title="People">
          <EditForm
            fields={fields}
            item={organization}
            save={save}
            refresh={[['organizations', organization_id]]}
            read_only={!write_organization}
          />
        </Card>
        <Card title="Per connection">
          First sign-ins, linking, what must be signed and what happens when a certificate has expired are set with each{' '}
          <LinkAnchor underline="always" to="/organizations/$organization_id/connections" params={{ organization_id }}>
            connection
          </LinkAnchor>
          .
        </Card>
      </Stack>
    </>
  );
}
