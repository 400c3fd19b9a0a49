import { Badge, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, take } from '../../../api/client.ts';
import { connection_query } from '../../../api/queries.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { CopyField } from '../../../components/copy_field.tsx';
import { Facts } from '../../../components/facts.tsx';
import { EditForm } from '../../../components/fields/edit_form.tsx';
import type { Field } from '../../../components/fields/field.ts';
import { LinkAnchor } from '../../../components/links.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { sources } from './list.tsx';
import type { OfUser } from './of_user.ts';
import { RolesByHand } from './roles_by_hand.tsx';
import { Words } from './words.tsx';

const fields: readonly Field[] = [
  { path: 'display_name', label: 'Name', kind: 'text' },
  { path: 'user_name', label: 'User name', kind: 'text', required: true },
  { path: 'email', label: 'E-mail address', kind: 'text' },
  { path: 'given_name', label: 'Given name', kind: 'text', advanced: true },
  { path: 'family_name', label: 'Family name', kind: 'text', advanced: true },
  { path: 'external_id', label: 'ID in the partner’s directory', kind: 'text', advanced: true },
];

/** Who somebody is, through whom they come, and what they are allowed. */
export function Profile({ organization_id, user, etag }: OfUser) {
  const { write_organization } = use_rights();
  const { id, identities, groups, roles, former_ids, source, created_at, last_login_at, email_verified } = user;
  const save = (body: Record<string, unknown>) =>
    take(
      api.PATCH('/organizations/{organization_id}/users/{id}', {
        params: { path: { organization_id, id }, header: { 'If-Match': etag } },
        body,
      }),
    );
  return (
    <div className="two">
      <Card title="Profile" note="What the partner sends at the next sign-in or sync may change it again.">
        <EditForm
          fields={fields}
          item={user}
          save={save}
          refresh={[['organizations', organization_id, 'users']]}
          read_only={!write_organization}
        />
      </Card>
      <Stack gap="md">
        <Card title="About">
          <Facts
            of={[
              ['ID (sub)', <CopyField key="id" value={id} what="the id of the person" />],
              former_ids.length > 0 && [
                'Also known as',
                <Stack key="former" gap={2}>
                  {former_ids.map((former) => (
                    <CopyField key={former} value={former} what="a former id of the person" />
                  ))}
                </Stack>,
              ],
              ['E-mail', email_verified ? 'under a proven domain' : 'not proven'],
              ['Came by', sources[source]],
              ['Since', <TimeAgo key="since" at={created_at} />],
              ['Last sign-in', <TimeAgo key="last" at={last_login_at} />],
            ]}
          />
        </Card>
        <Card title="Identities" note="As whom the partner knows this person.">
          {identities.length === 0 && <Text c="dimmed">None yet: met at the first sign-in.</Text>}
          <Stack gap="sm">
            {identities.map(({ connection_id, subject, last_login_at: at }) => (
              <div key={`${connection_id} ${subject}`}>
                <ConnectionLink {...{ organization_id, connection_id }} />
                <CopyField value={subject} what="the subject" />
                <Text size="sm" c="dimmed">
                  <TimeAgo at={at} />
                </Text>
              </div>
            ))}
          </Stack>
        </Card>
        <Card title="Groups and roles">
          <Stack gap="sm">
            <Group gap={6}>
              {groups.map((group) => (
                <Badge key={group.id} color="gray" maw="100%">
                  {group.display_name}
                </Badge>
              ))}
              {groups.length === 0 && <Text c="dimmed">In no group.</Text>}
            </Group>
            {write_organization ? (
              <RolesByHand key={etag} {...{ organization_id, user, etag }} />
            ) : (
              <Group gap={6}>
                {roles.map((role) => {
                  const label = typeof role === 'string' ? role : `${role.role} in ${role.client_id}`;
                  return (
                    <Badge key={label} maw="100%">
                      {label}
                    </Badge>
                  );
                })}
                {roles.length === 0 && <Text c="dimmed">No role.</Text>}
              </Group>
            )}
          </Stack>
        </Card>
        <Words user={user} />
      </Stack>
    </div>
  );
}

function ConnectionLink({ organization_id, connection_id }: { readonly organization_id: string; readonly connection_id: string }) {
  const { data } = useQuery(connection_query(organization_id, connection_id));
  return (
    <LinkAnchor to="/organizations/$organization_id/connections/$connection_id" params={{ organization_id, connection_id }} size="sm">
      {data?.item.name ?? connection_id}
    </LinkAnchor>
  );
}
