import { Group, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type Schemas, take } from '../../api/client.ts';
import { Card } from '../../components/card.tsx';
import { Empty } from '../../components/empty.tsx';
import { JsonView } from '../../components/json_view.tsx';
import { PersonPicker } from '../../components/person_picker.tsx';
import { OrganizationPicker } from '../../components/organization_picker.tsx';
import { ProblemAlert } from '../../components/problem_alert.tsx';

const route = getRouteApi('/shell/apps/$client_id');

/** What the app would hear of a chosen person, without a sign-in. */
export function Claims({ client }: { readonly client: Schemas['Client'] }) {
  const search = route.useSearch();
  const { organization, user } = search;
  const navigate = route.useNavigate();
  const [scope, set_scope] = useState('openid profile email groups roles');
  const [asked] = useDebouncedValue(scope, 300);
  const claims = useQuery({
    queryKey: ['clients', client.id, 'claims', { organization, user, asked }],
    queryFn: () =>
      take(
        api.GET('/clients/{id}/claims', {
          params: { path: { id: client.id }, query: { organization_id: organization, user_id: user, scope: asked } },
        }),
      ),
    enabled: organization !== undefined && user !== undefined,
  });
  return (
    <Stack gap="md">
      <Card title="For whom?">
        <Group gap="md" align="flex-end">
          <OrganizationPicker
            label="Organization"
            value={organization ?? null}
            on_change={(id) => void navigate({ search: { tab: 'claims', organization: id ?? undefined }, replace: true })}
          />
          <PersonPicker
            label="Person"
            organization_id={organization ?? ''}
            disabled={organization === undefined}
            value={user ?? null}
            on_change={(id) => void navigate({ search: { ...search, user: id ?? undefined }, replace: true })}
          />
          <TextInput
            label="Scopes"
            value={scope}
            onChange={(event) => set_scope(event.currentTarget.value)}
            spellCheck={false}
            style={{ flex: '1 1 16rem' }}
          />
        </Group>
      </Card>
      <ProblemAlert error={claims.error} />
      {claims.data !== undefined ? (
        <div className="tiles" style={{ gridTemplateColumns: 'repeat(auto-fill, minmax(min(26rem, 100%), 1fr))' }}>
          <Card title="ID token">
            <JsonView value={claims.data.id_token} label="ID token" />
          </Card>
          <Card title="Userinfo">
            <JsonView value={claims.data.userinfo} label="userinfo" />
          </Card>
        </div>
      ) : (
        claims.error === null && (
          <Card>
            <Empty icon="person" title="Choose a person">
              Then you see the claims that this app would be told, with this person’s groups and roles as they are now.
            </Empty>
          </Card>
        )
      )}
    </Stack>
  );
}
