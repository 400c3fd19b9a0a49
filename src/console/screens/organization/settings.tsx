import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { access_query, ends_of } from '../../api/access.ts';
import { api, take } from '../../api/client.ts';
import { use_change } from '../../api/use_change.ts';
import { use_rights } from '../../api/use_session.ts';
import { Card } from '../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../components/confirm_destructive.tsx';
import { EditForm } from '../../components/fields/edit_form.tsx';
import type { Field } from '../../components/fields/field.ts';
import { LinkButton } from '../../components/links.tsx';
import { PageHead } from '../../components/page_head.tsx';
import { use_organization, use_organization_id } from './use_organization.ts';

const fields: readonly Field[] = [
  { path: 'name', label: 'Name', kind: 'text', required: true, description: 'As its people know it.' },
  {
    path: 'slug',
    label: 'Slug',
    kind: 'text',
    required: true,
    description: 'In addresses and tokens (org_slug): apps that know the old one have to change too.',
  },
  { path: 'external_id', label: 'Your reference', kind: 'text' },
];

/** What the organization is called, and its end. */
export function OrganizationSettings() {
  const organization_id = use_organization_id();
  const { organization, etag } = use_organization();
  const { write_organization } = use_rights();
  if (organization === undefined) return null;
  const save = (body: Record<string, unknown>) =>
    take(api.PATCH('/organizations/{organization_id}', { params: { path: { organization_id }, header: { 'If-Match': etag } }, body }));
  return (
    <>
      <PageHead order={2} title="Settings" />
      <Stack gap="md">
        <Card title="Names">
          <EditForm fields={fields} item={organization} save={save} refresh={[['organizations']]} read_only={!write_organization} />
        </Card>
        <Ends name={organization.name} status={organization.status} organization_id={organization_id} />
      </Stack>
    </>
  );
}

function Ends({
  name,
  status,
  organization_id,
}: {
  readonly name: string;
  readonly status: 'active' | 'suspended';
  readonly organization_id: string;
}) {
  const { write_installation } = use_rights();
  const [destruction, set_destruction] = useState<Destruction>();
  const { data: access } = useQuery({ ...access_query(organization_id, {}), enabled: write_installation });
  const set_status = use_change({
    run: (to: 'active' | 'suspended') =>
      take(api.PATCH('/organizations/{organization_id}', { params: { path: { organization_id } }, body: { status: to } })),
    done: (after) => (after.status === 'active' ? `${name} is active again.` : `${name} is suspended.`),
    refresh: [['organizations']],
  });
  if (!write_installation) return null;
  const suspend = (): Destruction => ({
    title: `Suspend ${name}?`,
    what: 'Nobody of this organization signs in until it is active again. Nothing is deleted.',
    ends: ends_of(access),
    name,
    verb: 'Suspend',
    run: () => set_status.mutateAsync('suspended'),
  });
  return (
    <Card title="Ending it">
      <Stack gap="md">
        <Group justify="space-between">
          <div>
            <Text fw={550}>{status === 'active' ? 'Suspend' : 'Suspended'}</Text>
            <Text size="sm" c="dimmed">
              {status === 'active'
                ? 'Ends all access within a second; everything stays as it is.'
                : 'Nobody of this organization can sign in.'}
            </Text>
          </div>
          {status === 'active' ? (
            <Button variant="default" onClick={() => set_destruction(suspend())}>
              Suspend
            </Button>
          ) : (
            <Button loading={set_status.isPending} onClick={() => set_status.mutate('active')}>
              Make active again
            </Button>
          )}
        </Group>
        <Group justify="space-between">
          <div>
            <Text fw={550}>Off-board</Text>
            <Text size="sm" c="dimmed">
              Download everything, then erase the organization with its people. With a receipt.
            </Text>
          </div>
          <LinkButton to="/off-board/$organization_id" params={{ organization_id }} color="red" variant="light">
            Off-board
          </LinkButton>
        </Group>
      </Stack>
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </Card>
  );
}
