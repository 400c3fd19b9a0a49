import { Alert, Autocomplete, Button, Group, List, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, type Schemas, take } from '../../../api/client.ts';
import { field_errors, use_change } from '../../../api/use_change.ts';
import { use_page } from '../../../api/use_page.ts';
import { Card } from '../../../components/card.tsx';
import { Icon } from '../../../components/icon.tsx';
import { LinkAnchor } from '../../../components/links.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';

const ways = [
  { value: 'group', label: 'Group' },
  { value: 'attribute', label: 'Attribute' },
  { value: 'when', label: 'Expression' },
] as const;
type By = (typeof ways)[number]['value'];
const nothing = { group: '', name: '', value: '', when: '', role: '', client_id: '' };

/** A mapping is tried on the people who have signed in before it is made. */
export function NewMapping({ organization_id }: { readonly organization_id: string }) {
  const [by, set_by] = useState<By>('group');
  const [values, set_values] = useState(nothing);
  const put = (name: keyof typeof values) => (value: string) => set_values({ ...values, [name]: value });
  const groups = use_page(['organizations', organization_id, 'groups', undefined], () =>
    take(api.GET('/organizations/{organization_id}/groups', { params: { path: { organization_id }, query: { limit: 50 } } })),
  );
  const body = {
    ...(by === 'group' && { group: values.group }),
    ...(by === 'attribute' && { attribute: { name: values.name, value: values.value } }),
    ...(by === 'when' && { when: values.when }),
    role: values.role,
    ...(values.client_id !== '' && { client_id: values.client_id }),
  };
  const path = { organization_id };
  const preview = use_change({
    run: () => take(api.POST('/organizations/{organization_id}/role-mappings/preview', { params: { path }, body })),
  });
  const make = use_change({
    run: () => take(api.POST('/organizations/{organization_id}/role-mappings', { params: { path }, body })),
    done: ({ role }) => `The mapping to ${role} holds from the next token on.`,
    refresh: [['organizations', organization_id, 'role-mappings']],
    then: () => {
      preview.reset();
      set_values(nothing);
    },
  });
  const errors = field_errors(make.error ?? preview.error);
  return (
    <Card title="New mapping">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          preview.mutate(undefined);
        }}
      >
        <Stack gap="sm">
          <ProblemAlert error={make.error ?? preview.error} />
          <Group align="flex-end" gap="sm">
            <SegmentedControl
              aria-label="By"
              value={by}
              onChange={(to) => set_by(ways.find(({ value }) => value === to)?.value ?? 'group')}
              data={[...ways]}
            />
            {by === 'when' && (
              <Textarea
                label="Whoever this holds for"
                description={
                  'and, or, not (…), and eq ne co sw ew pr over groups, email, user_name and attributes: groups eq "Sales" and email ew "@acme.example"'
                }
                value={values.when}
                onChange={(event) => put('when')(event.currentTarget.value)}
                error={errors['when']}
                spellCheck={false}
                autosize
                minRows={2}
                style={{ flex: '1 0 100%' }}
                styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
                required
              />
            )}
            {by === 'group' && (
              <Autocomplete
                label="Whoever is in the group"
                data={[...new Set(groups.data?.data.map(({ display_name }) => display_name) ?? [])]}
                value={values.group}
                onChange={put('group')}
                error={errors['group']}
                required
              />
            )}
            {by === 'attribute' && (
              <>
                <TextInput
                  label="Attribute"
                  value={values.name}
                  onChange={(event) => put('name')(event.currentTarget.value)}
                  error={errors['attribute.name']}
                  required
                />
                <TextInput
                  label="is"
                  value={values.value}
                  onChange={(event) => put('value')(event.currentTarget.value)}
                  error={errors['attribute.value']}
                  required
                />
              </>
            )}
            <TextInput
              label="has the role"
              value={values.role}
              onChange={(event) => put('role')(event.currentTarget.value)}
              error={errors['role']}
              required
            />
            <TextInput
              label="in the app"
              placeholder="every app"
              value={values.client_id}
              onChange={(event) => put('client_id')(event.currentTarget.value)}
              error={errors['client_id']}
            />
            <Button type="submit" variant="default" loading={preview.isPending}>
              See whom it touches
            </Button>
          </Group>
          {preview.data !== undefined && <Preview {...{ organization_id, preview: preview.data }} />}
          {preview.data !== undefined && (
            <Group>
              <Button loading={make.isPending} onClick={() => make.mutate(undefined)}>
                Make the mapping
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Card>
  );
}

function Preview({ organization_id, preview }: { readonly organization_id: string; readonly preview: Schemas['RoleMappingPreview'] }) {
  const { looked_at, matching, people } = preview;
  const fresh = people.filter(({ already }) => !already);
  return (
    <Alert
      icon={<Icon name="people" />}
      role="status"
      title={`${preview.new} of ${looked_at} people who have signed in would get the role`}
    >
      <Text size="sm">
        {matching} match; {matching - preview.new} of them have it already.
      </Text>
      <List size="sm">
        {fresh.slice(0, 10).map(({ user_id, user_name }) => (
          <List.Item key={user_id}>
            <LinkAnchor to="/organizations/$organization_id/users/$user_id" params={{ organization_id, user_id }}>
              {user_name}
            </LinkAnchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
