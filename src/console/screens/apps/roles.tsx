import { Badge } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { api, type Schemas, take } from '../../api/client.ts';
import { use_page } from '../../api/use_page.ts';
import type { Column } from '../../components/data_table.tsx';
import { Empty } from '../../components/empty.tsx';
import type { Field } from '../../components/fields/field.ts';
import { TimeAgo } from '../../components/time_ago.tsx';
import { EditableList } from './editable_list.tsx';

const route = getRouteApi('/shell/roles');

const fields: readonly Field[] = [
  { path: 'name', label: 'Name', kind: 'text', required: true, description: 'As it stands in the claim roles.' },
  { path: 'description', label: 'What it allows', kind: 'text' },
  { path: 'client_id', label: 'Only in the app', kind: 'text', otherwise: 'every app', description: 'A client_id.' },
];

const columns: readonly Column<Schemas['Role']>[] = [
  { title: 'Role', cell: ({ name }) => <Badge>{name}</Badge> },
  { title: 'What it allows', cell: ({ description }) => description ?? '' },
  { title: 'In', cell: ({ client_id }) => client_id ?? 'every app' },
  { title: 'Since', cell: ({ created_at }) => <TimeAgo at={created_at} /> },
];

/** What people may be in your apps; each organization maps its groups to these. */
export function Roles() {
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const query = use_page(['roles', after], () => take(api.GET('/roles', { params: { query: { limit: 50, after } } })));
  return (
    <EditableList
      title="Roles"
      lead="What people may be in your apps. Each organization says which of its groups has which role."
      noun="role"
      {...{ query, columns, fields, after }}
      refresh={[['roles']]}
      name_of={({ name }) => name}
      on_page={(to) => void navigate({ search: { after: to } })}
      create={(body) => take(api.POST('/roles', { body: body as Schemas['NewRole'] /* the API names what is wrong */ }))}
      change={(id, body) => take(api.PATCH('/roles/{id}', { params: { path: { id } }, body }))}
      remove={(id) => take(api.DELETE('/roles/{id}', { params: { path: { id } } }))}
      ends={({ name }) => `Nobody is ${name} any more from the next token on.`}
      empty={(action) => (
        <Empty icon="badge" title="No role yet" action={action}>
          Name what your apps tell people apart by, such as editor or billing. Then let each organization map its groups.
        </Empty>
      )}
    />
  );
}
