import { Stack } from '@mantine/core';
import { api, take } from '../../../api/client.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { EditForm } from '../../../components/fields/edit_form.tsx';
import { LinkAnchor } from '../../../components/links.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { use_organization, use_organization_id } from '../use_organization.ts';
import { AttributeOwners } from './attribute_owners.tsx';
import { entrance_fields, meeting_fields, owner_fields } from './fields.ts';
import { WhoIsLeftOut } from './who_is_left_out.tsx';

/** Rules for the people of one organization. */
export function Policies() {
  const organization_id = use_organization_id();
  const { organization, etag } = use_organization();
  const { write_organization } = use_rights();
  if (organization === undefined) return null;
  const save = (body: Record<string, unknown>) =>
    take(api.PATCH('/organizations/{organization_id}', { params: { path: { organization_id }, header: { 'If-Match': etag } }, body }));
  const form = { item: organization, save, refresh: [['organizations', organization_id]], read_only: !write_organization };
  const { allowed_groups = [], attribute_owners } = organization.people_policy;
  return (
    <>
      <PageHead
        order={2}
        title="Policies"
        lead="Who may come in, and whose word counts. Without any, everyone whom the partner vouches for comes in, and the last word counts."
      />
      <Stack gap="md">
        <Card title="Who may come in">
          <EditForm
            {...form}
            fields={entrance_fields}
            beside={(values) => (
              <WhoIsLeftOut {...{ organization_id, before: allowed_groups }} groups={values['people_policy.allowed_groups']} />
            )}
          />
        </Card>
        <Card title="Who is who">
          <EditForm {...form} fields={meeting_fields} />
        </Card>
        <Card title="Whose word counts">
          <EditForm {...form} fields={owner_fields} />
        </Card>
        <Card title="Attributes with an order of their own" note="Instead of the order above.">
          <AttributeOwners {...{ save, organization_id }} owners={attribute_owners?.attributes ?? {}} read_only={!write_organization} />
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
