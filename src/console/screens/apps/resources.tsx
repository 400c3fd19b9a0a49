import { Badge, Group, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { api, type Schemas, take } from '../../api/client.ts';
import { use_page } from '../../api/use_page.ts';
import type { Column } from '../../components/data_table.tsx';
import { Empty } from '../../components/empty.tsx';
import type { Field } from '../../components/fields/field.ts';
import { EditableList } from './editable_list.tsx';

const route = getRouteApi('/shell/resources');

const fields: readonly Field[] = [
  { path: 'name', label: 'Name', kind: 'text', required: true },
  {
    path: 'identifier',
    label: 'Identifier',
    kind: 'text',
    required: true,
    description: 'An address that names the API, such as https://api.example.com: the audience of its tokens. It need not answer.',
  },
  { path: 'scopes', label: 'Scopes', kind: 'tags', description: 'What an app can ask for, such as orders:read.' },
  {
    ...{ path: 'access_token_format', label: 'Its access tokens are', kind: 'choice', otherwise: 'jwt' },
    choices: [
      { value: 'jwt', label: 'signed (JWT): the API checks them by itself' },
      { value: 'opaque', label: 'opaque: the API asks, and ended access shows at once' },
    ],
  },
  { path: 'access_token_ttl_seconds', label: 'Good for so many seconds', kind: 'number', otherwise: '300', advanced: true },
  {
    ...{ path: 'access_token_signing_alg', label: 'Signed with', kind: 'choice', otherwise: 'RS256', advanced: true },
    choices: ['RS256', 'ES256', 'EdDSA'].map((value) => ({ value, label: value })),
  },
];

const columns: readonly Column<Schemas['Resource']>[] = [
  {
    title: 'API',
    cell: ({ name, identifier }) => (
      <>
        <Text fw={550}>{name}</Text>
        <Text size="sm" c="dimmed" className="mono">
          {identifier}
        </Text>
      </>
    ),
  },
  { title: 'Tokens', cell: ({ access_token_format, access_token_ttl_seconds }) => `${access_token_format}, ${access_token_ttl_seconds} s` },
  {
    title: 'Scopes',
    cell: ({ scopes }) => (
      <Group gap={4}>
        {scopes.map((scope) => (
          <Badge key={scope} color="gray">
            {scope}
          </Badge>
        ))}
      </Group>
    ),
  },
];

/** The APIs that apps ask tokens for. */
export function Resources() {
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const query = use_page(['resources', after], () => take(api.GET('/resources', { params: { query: { limit: 50, after } } })));
  return (
    <EditableList
      title="API resources"
      lead="The APIs that your apps call. Each has tokens of its own: one that was made for one API opens no other."
      noun="API resource"
      {...{ query, columns, fields, after }}
      refresh={[['resources']]}
      name_of={({ name }) => name}
      on_page={(to) => void navigate({ search: { after: to } })}
      create={(body) => take(api.POST('/resources', { body: body as Schemas['NewResource'] /* the API names what is wrong */ }))}
      change={(id, body) => take(api.PATCH('/resources/{id}', { params: { path: { id } }, body }))}
      remove={(id) => take(api.DELETE('/resources/{id}', { params: { path: { id } } }))}
      ends={({ identifier }) => `No token for ${identifier} is made any more. Those that are out end by themselves.`}
      empty={(action) => (
        <Empty icon="resource" title="No API yet" action={action}>
          Register an API, and apps can ask for access tokens that only it accepts.
        </Empty>
      )}
    />
  );
}
