import { Badge, Button, Stack, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_page } from '../../../api/use_page.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { NewMapping } from './new_mapping.tsx';

const route = getRouteApi('/shell/organizations/$organization_id/groups');
type Row = Schemas['RoleMapping'];

/** Which group, attribute or expression gives which role. */
export function Mappings() {
  const { organization_id } = route.useParams();
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const { write_organization } = use_rights();
  const [destruction, set_destruction] = useState<Destruction>();
  const query = use_page(['organizations', organization_id, 'role-mappings', after], () =>
    take(api.GET('/organizations/{organization_id}/role-mappings', { params: { path: { organization_id }, query: { limit: 50, after } } })),
  );
  const remove = use_change({
    run: (id: string) =>
      take(api.DELETE('/organizations/{organization_id}/role-mappings/{id}', { params: { path: { organization_id, id } } })),
    done: 'The mapping is gone.',
    refresh: [['organizations', organization_id, 'role-mappings']],
  });
  const columns: readonly Column<Row>[] = [
    { title: 'Whoever', cell: (row) => <Who mapping={row} /> },
    { title: 'Has the role', cell: ({ role }) => <Badge>{role}</Badge> },
    { title: 'In', cell: ({ client_id }) => client_id ?? 'every app' },
    { title: 'Since', cell: ({ created_at }) => <TimeAgo at={created_at} /> },
    {
      title: '',
      end: true,
      cell: ({ id, role, group, when }) =>
        write_organization && (
          <Button
            size="xs"
            variant="default"
            aria-label={`Delete the mapping to ${role}`}
            onClick={() =>
              set_destruction({
                title: `Delete the mapping to ${role}?`,
                what: `Whoever has the role ${role} only through ${group ?? (when === null ? 'this attribute' : 'this expression')} loses it with the next token.`,
                verb: 'Delete the mapping',
                run: () => remove.mutateAsync(id),
              })
            }
          >
            Delete
          </Button>
        ),
    },
  ];
  return (
    <Stack gap="md">
      {write_organization && <NewMapping organization_id={organization_id} />}
      <Card title="Role mappings" flush>
        <DataTable
          label="Role mappings"
          columns={columns}
          query={query}
          row_key={({ id }) => id}
          after={after}
          on_page={(to) => void navigate({ search: { tab: 'mappings', after: to } })}
          empty={
            <Empty icon="badge" title="No mapping yet">
              Say which of the partner’s groups has which role. Before it holds, you see whom it would touch.
            </Empty>
          }
        />
      </Card>
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </Stack>
  );
}

function Who({ mapping: { group, attribute, when } }: { readonly mapping: Row }) {
  if (when !== null)
    return (
      <code className="mono" style={{ whiteSpace: 'pre-wrap' }}>
        {when}
      </code>
    );
  return (
    <Text span inherit>
      {group !== null ? (
        <>
          is in <strong>{group}</strong>
        </>
      ) : (
        <>
          has <code className="mono">{attribute?.name}</code> = <strong>{attribute?.value}</strong>
        </>
      )}
    </Text>
  );
}
