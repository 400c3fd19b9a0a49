import { api, type Schemas, take } from '../../api/client.ts';
import { use_rights } from '../../api/use_session.ts';
import { LookForm } from '../../components/branding/look_form.tsx';

/** How the pages look where the organization of the person is not known yet. */
export function AppLook({ client, etag }: { readonly client: Schemas['Client']; readonly etag: string }) {
  const { write_installation } = use_rights();
  const { id } = client;
  const save = (body: Record<string, unknown>) =>
    take(api.PATCH('/clients/{id}', { params: { path: { id }, header: { 'If-Match': etag } }, body }));
  return (
    <LookForm
      name={client.client_name ?? id}
      item={client}
      save={save}
      refresh={[['clients']]}
      read_only={!write_installation}
      whom_to_ask="Your help desk: it stands on errors where no organization is known."
    />
  );
}
