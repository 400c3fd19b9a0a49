import { ActionIcon, Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas, take } from '../../api/client.ts';
import { organization_query } from '../../api/queries.ts';
import { use_change } from '../../api/use_change.ts';
import { use_rights } from '../../api/use_session.ts';
import { Card } from '../../components/card.tsx';
import { Icon } from '../../components/icon.tsx';
import { LinkAnchor } from '../../components/links.tsx';
import { OrganizationPicker } from '../../components/organization_picker.tsx';
import { ProblemAlert } from '../../components/problem_alert.tsx';

/** Whose people may sign in to the app. */
export function OrganizationAccess({ client, etag }: { readonly client: Schemas['Client']; readonly etag: string }) {
  const { write_installation } = use_rights();
  const [chosen, set_chosen] = useState(client.organizations);
  const ids = chosen === 'all' ? [] : chosen;
  const names = useQueries({ queries: ids.map((id) => organization_query(id)) });
  const save = use_change({
    run: () =>
      take(
        api.PATCH('/clients/{id}', { params: { path: { id: client.id }, header: { 'If-Match': etag } }, body: { organizations: chosen } }),
      ),
    done: 'Saved.',
    refresh: [['clients']],
  });
  const dirty = JSON.stringify(chosen) !== JSON.stringify(client.organizations);
  return (
    <Card title="Who may use it">
      <Stack>
        <ProblemAlert error={save.error} />
        <Radio.Group
          aria-label="Who may use it"
          value={chosen === 'all' ? 'all' : 'some'}
          onChange={(to) => set_chosen(to === 'all' ? 'all' : [])}
        >
          <Stack gap="xs">
            <Radio value="all" label="Every organization" disabled={!write_installation} />
            <Radio value="some" label="Only these" disabled={!write_installation} />
          </Stack>
        </Radio.Group>
        {chosen !== 'all' && (
          <Stack gap="xs" maw="32rem">
            {ids.map((id, at) => (
              <Group key={id} justify="space-between" wrap="nowrap">
                <LinkAnchor to="/organizations/$organization_id" params={{ organization_id: id }}>
                  {names[at]?.data?.item.name ?? id}
                </LinkAnchor>
                {write_installation && (
                  <ActionIcon
                    aria-label={`Take ${names[at]?.data?.item.name ?? id} away`}
                    onClick={() => set_chosen(ids.filter((one) => one !== id))}
                  >
                    <Icon name="cross" size={16} />
                  </ActionIcon>
                )}
              </Group>
            ))}
            {ids.length === 0 && <Text c="dimmed">None: nobody could sign in to it.</Text>}
            {write_installation && (
              <OrganizationPicker
                label="Add an organization"
                value={null}
                on_change={(id) => id !== null && !ids.includes(id) && set_chosen([...ids, id])}
              />
            )}
          </Stack>
        )}
        {write_installation && (
          <Group>
            <Button disabled={!dirty} loading={save.isPending} onClick={() => save.mutate(undefined)}>
              Save
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  );
}
