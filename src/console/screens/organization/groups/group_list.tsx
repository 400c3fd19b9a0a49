import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { field_errors, use_change } from '../../../api/use_change.ts';
import { use_page } from '../../../api/use_page.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { type Column, DataTable } from '../../../components/data_table.tsx';
import { Empty } from '../../../components/empty.tsx';
import { Icon } from '../../../components/icon.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { use_organization } from '../use_organization.ts';
import { delete_group } from './ends_of_group.ts';
import { group_sources } from './sources.ts';

const route = getRouteApi('/shell/organizations/$organization_id/groups');
type Row = Schemas['Group'];

export function GroupList() {
  const { organization_id } = route.useParams();
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const { write_organization } = use_rights();
  const { organization } = use_organization();
  const [making, set_making] = useState(false);
  const [destruction, set_destruction] = useState<Destruction>();
  const query = use_page(['organizations', organization_id, 'groups', after], () =>
    take(api.GET('/organizations/{organization_id}/groups', { params: { path: { organization_id }, query: { limit: 50, after } } })),
  );
  const remove = use_change({
    run: (id: string) => take(api.DELETE('/organizations/{organization_id}/groups/{id}', { params: { path: { organization_id, id } } })),
    done: 'The group was deleted.',
    refresh: [['organizations', organization_id]],
  });
  const columns: readonly Column<Row>[] = [
    {
      title: 'Group',
      cell: ({ id, display_name }) => (
        <Link to="/organizations/$organization_id/groups/$group_id" params={{ organization_id, group_id: id }} className="row-link">
          {display_name}
        </Link>
      ),
    },
    { title: 'People', cell: ({ members }) => members.length },
    { title: 'Kept by', cell: ({ source }) => group_sources[source] },
    { title: 'Changed', cell: ({ updated_at }) => <TimeAgo at={updated_at} /> },
    {
      title: '',
      end: true,
      cell: (group) =>
        write_organization &&
        organization !== undefined && (
          <Button
            size="xs"
            variant="default"
            aria-label={`Delete ${group.display_name}`}
            onClick={() => set_destruction(delete_group(organization.people_policy, group, () => remove.mutateAsync(group.id)))}
          >
            Delete
          </Button>
        ),
    },
  ];
  const make = write_organization && (
    <Button size="xs" variant="default" leftSection={<Icon name="plus" size={14} />} onClick={() => set_making(true)}>
      New group
    </Button>
  );
  return (
    <Card title="Groups" flush actions={make}>
      <DataTable
        label="Groups"
        columns={columns}
        query={query}
        row_key={({ id }) => id}
        after={after}
        on_page={(to) => void navigate({ search: { after: to } })}
        empty={
          <Empty icon="people" title="No group yet">
            Groups come with sign-ins (the attribute that is mapped to groups), over SCIM, or from a directory sync. You can also make one
            by hand.
          </Empty>
        }
      />
      <Modal opened={making} onClose={() => set_making(false)} title="New group">
        <NewGroup organization_id={organization_id} on_done={() => set_making(false)} />
      </Modal>
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </Card>
  );
}

function NewGroup({ organization_id, on_done }: { readonly organization_id: string; readonly on_done: () => void }) {
  const [display_name, set_name] = useState('');
  const make = use_change({
    run: () => take(api.POST('/organizations/{organization_id}/groups', { params: { path: { organization_id } }, body: { display_name } })),
    done: 'The group was made.',
    refresh: [['organizations', organization_id, 'groups']],
    then: on_done,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate(undefined);
      }}
    >
      <Stack>
        <ProblemAlert error={make.error} />
        <TextInput
          label="Name"
          required
          value={display_name}
          onChange={(event) => set_name(event.currentTarget.value)}
          error={field_errors(make.error)['display_name']}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending}>
            Make the group
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
