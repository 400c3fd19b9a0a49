import { Badge, Button, Group, Modal, Text } from '@mantine/core';
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
import { Icon } from '../../../components/icon.tsx';
import { SecretOnce, type ShownSecret } from '../../../components/secret_once.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { NewToken } from './new_token.tsx';

const route = getRouteApi('/shell/organizations/$organization_id/scim');
type Token = Schemas['ScimToken'];

/** What opens the SCIM server of this organization. A new token stands beside the old one until that is deleted. */
export function Tokens() {
  const { organization_id } = route.useParams();
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const { write_organization } = use_rights();
  const [making, set_making] = useState<Token | 'new'>();
  const [secret, set_secret] = useState<ShownSecret>();
  const [destruction, set_destruction] = useState<Destruction>();
  const query = use_page(['organizations', organization_id, 'scim-tokens', after], () =>
    take(api.GET('/organizations/{organization_id}/scim-tokens', { params: { path: { organization_id }, query: { limit: 50, after } } })),
  );
  const remove = use_change({
    run: (id: string) =>
      take(api.DELETE('/organizations/{organization_id}/scim-tokens/{id}', { params: { path: { organization_id, id } } })),
    done: 'The token opens nothing any more.',
    refresh: [['organizations', organization_id]],
  });
  const columns: readonly Column<Token>[] = [
    { title: 'Name', cell: ({ name }) => <Text fw={550}>{name}</Text> },
    {
      title: 'Speaks like',
      cell: ({ dialect, detected_dialect }) =>
        dialect === 'auto' ? (detected_dialect === null ? 'not heard yet' : `${detected_dialect} (heard)`) : dialect,
    },
    { title: 'Last used', cell: ({ last_used_at }) => <TimeAgo at={last_used_at} /> },
    { title: 'Expires', cell: ({ expires_at }) => (expires_at === null ? 'never' : <Expiry at={expires_at} />) },
    {
      title: '',
      end: true,
      cell: (token) =>
        write_organization && (
          <Group gap="xs" wrap="nowrap" justify="flex-end">
            <Button size="xs" variant="default" onClick={() => set_making(token)} aria-label={`Rotate ${token.name}`}>
              Rotate
            </Button>
            <Button
              size="xs"
              variant="default"
              aria-label={`Delete ${token.name}`}
              onClick={() =>
                set_destruction({
                  title: `Delete the token ${token.name}?`,
                  what: 'The directory that uses it is refused at once, and its changes do not arrive.',
                  name: token.name,
                  verb: 'Delete the token',
                  run: () => remove.mutateAsync(token.id),
                })
              }
            >
              Delete
            </Button>
          </Group>
        ),
    },
  ];
  const make = write_organization && (
    <Button size="xs" leftSection={<Icon name="plus" size={14} />} onClick={() => set_making('new')}>
      New token
    </Button>
  );
  return (
    <Card title="Tokens" flush actions={make}>
      <DataTable
        label="SCIM tokens"
        columns={columns}
        query={query}
        row_key={({ id }) => id}
        after={after}
        on_page={(to) => void navigate({ search: { after: to } })}
        empty={
          <Empty icon="sync" title="No token yet" action={make}>
            Make one and give it to the partner’s administrator together with the address above.
          </Empty>
        }
      />
      <Modal
        opened={making !== undefined}
        onClose={() => set_making(undefined)}
        title={making === 'new' ? 'New token' : 'Rotate the token'}
      >
        {making !== undefined && (
          <NewToken
            {...{ organization_id, before: making === 'new' ? undefined : making }}
            on_made={({ token, base_url }) => {
              set_making(undefined);
              set_secret({
                title: 'The new token',
                values: [
                  ['Address', base_url],
                  ['Token', token],
                ],
                ...(making !== 'new' && {
                  next: 'The old token still works. Delete it when the partner uses the new one: "Last used" shows when.',
                }),
              });
            }}
          />
        )}
      </Modal>
      <SecretOnce secret={secret} on_close={() => set_secret(undefined)} />
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </Card>
  );
}

const Expiry = ({ at }: { readonly at: string }) =>
  Date.parse(at) < Date.now() ? <Badge color="red">expired</Badge> : <TimeAgo at={at} />;
