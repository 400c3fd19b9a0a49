import { api, take } from '../../api/client.ts';
import { use_rights } from '../../api/use_session.ts';
import { LookForm } from '../../components/branding/look_form.tsx';
import { PageHead } from '../../components/page_head.tsx';
import { use_organization, use_organization_id } from './use_organization.ts';

/** How the sign-in pages look to the people of this organization. */
export function Branding() {
  const organization_id = use_organization_id();
  const { organization, etag } = use_organization();
  const { write_organization } = use_rights();
  if (organization === undefined) return null;
  const save = (body: Record<string, unknown>) =>
    take(api.PATCH('/organizations/{organization_id}', { params: { path: { organization_id }, header: { 'If-Match': etag } }, body }));
  return (
    <>
      <PageHead order={2} title="Branding" lead="How the sign-in pages look to the people of this organization." />
      <LookForm
        name={organization.name}
        item={organization}
        save={save}
        refresh={[['organizations', organization_id]]}
        read_only={!write_organization}
        whom_to_ask="The help desk of this organization: its people see it when a sign-in fails."
      />
    </>
  );
}
