import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api, take } from '../../../api/client.ts';
import { group_query } from '../../../api/queries.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { CopyField } from '../../../components/copy_field.tsx';
import { Facts } from '../../../components/facts.tsx';
import { EditForm } from '../../../components/fields/edit_form.tsx';
import type { Field } from '../../../components/fields/field.ts';
import { PageHead } from '../../../components/page_head.tsx';
import { PersonPicker } from '../../../components/person_picker.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { use_organization } from '../use_organization.ts';
import { delete_group, lets_in } from './ends_of_group.ts';
import { Members } from './members.tsx';
import { group_sources } from './sources.ts';

const route = getRouteApi('/shell/organizations/$organization_id/groups/$group_id');

/** One group: what it is called, and who is in it. */
export function GroupScreen() {
  const { organization_id, group_id } = route.useParams();
  const navigate = route.useNavigate();
  const { write_organization } = use_rights();
  const { organization } = use_organization();
  const [destruction, set_destruction] = useState<Destruction>();
  const [adding, set_adding] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(group_query(organization_id, group_id));
  const path = { organization_id, id: group_id };
  const patch = (body: Record<string, unknown>) =>
    take(
      api.PATCH('/organizations/{organization_id}/groups/{id}', {
        params: { path, header: { 'If-Match': data?.etag ?? '*' } },
        body,
      }),
    );
  const refresh = [['organizations', organization_id]];
  const set_members = use_change({
    run: (members: readonly string[]) => patch({ members: [...members] }),
    done: ({ members }) => `${members.length} ${members.length === 1 ? 'person is' : 'people are'} in it now.`,
    refresh,
    then: () => set_adding(null),
  });
  if (error !== null) return <ProblemAlert error={error} retry={refetch} />;
  if (data === undefined || organization === undefined) return null;
  const group = data.item;
  const entrance = lets_in(organization.people_policy, group);
  const remove = delete_group(organization.people_policy, group, async () => {
    await take(api.DELETE('/organizations/{organization_id}/groups/{id}', { params: { path } }));
    await navigate({ to: '/organizations/$organization_id/groups', params: { organization_id } });
  });
  const fields: readonly Field[] = [
    {
      ...{ path: 'display_name', label: 'Name', kind: 'text', required: true },
      ...(entrance === 'by name' && {
        description: 'The policy lets people in by this name: with another, whoever is in no other allowed group loses access at once.',
      }),
    },
    { path: 'external_id', label: 'ID in the partner’s directory', kind: 'text' },
  ];
  return (
    <>
      <PageHead
        order={2}
        title={
          <>
            {group.display_name} {entrance !== undefined && <Badge>lets people in</Badge>}
          </>
        }
        lead={`Kept by ${group_sources[group.source]}. What the partner sends of a group may change it again.`}
        actions={
          write_organization && (
            <Button color="red" variant="light" onClick={() => set_destruction(remove)}>
              Delete
            </Button>
          )
        }
      />
      <div className="two">
        <Stack gap="md">
          {write_organization && (
            <Card title="Add somebody">
              <form
                onSubmit={(event) => {
                  event.preventDefault();
                  if (adding !== null) set_members.mutate([...group.members, adding]);
                }}
              >
                <Stack gap="sm">
                  <ProblemAlert error={set_members.error} />
                  <Group align="flex-end" gap="sm">
                    <PersonPicker label="Person" {...{ organization_id, value: adding, on_change: set_adding, without: group.members }} />
                    <Button type="submit" disabled={adding === null} loading={set_members.isPending}>
                      Add
                    </Button>
                  </Group>
                </Stack>
              </form>
            </Card>
          )}
          <Members
            {...{ organization_id, group, policy: organization.people_policy }}
            on_remove={(id) => set_members.mutateAsync(group.members.filter((member) => member !== id))}
          />
        </Stack>
        <Stack gap="md">
          <Card title="Settings">
            <EditForm fields={fields} item={group} save={patch} refresh={refresh} read_only={!write_organization} />
          </Card>
          <Card title="About">
            <Facts
              of={[
                ['ID', <CopyField key="id" value={group.id} what="the id of the group" />],
                ['People', String(group.members.length)],
                ['Since', <TimeAgo key="since" at={group.created_at} />],
                ['Changed', <TimeAgo key="changed" at={group.updated_at} />],
              ]}
            />
            {entrance !== undefined && (
              <Text size="sm" mt="sm">
                Only people of allowed groups sign in to this organization, and this is one of them.
              </Text>
            )}
          </Card>
        </Stack>
      </div>
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </>
  );
}
