import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type Schemas, take } from '../../api/client.ts';
import { field_errors, use_change } from '../../api/use_change.ts';
import { use_page } from '../../api/use_page.ts';
import { use_rights } from '../../api/use_session.ts';
import { Card } from '../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../components/confirm_destructive.tsx';
import { type Column, DataTable } from '../../components/data_table.tsx';
import { Empty } from '../../components/empty.tsx';
import { Icon } from '../../components/icon.tsx';
import { PageHead } from '../../components/page_head.tsx';
import { ProblemAlert } from '../../components/problem_alert.tsx';

const route = getRouteApi('/shell/organizations/$organization_id/contacts');
type Contact = Schemas['Contact'];
type Notice = Exclude<Contact['notices'], 'all'>[number];

const notices: Readonly<Record<Notice, string>> = {
  certificate: 'a certificate of theirs will expire',
  own_key: 'a certificate of ours will change',
  scim_silent: 'SCIM has been silent for long',
  sync_stopped: 'a sync was stopped',
};
const all_notices = Object.keys(notices) as readonly Notice[]; // the keys that are written above

/** Who is told by e-mail when something of this organization needs a hand. */
export function Contacts() {
  const { organization_id } = route.useParams();
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const { write_organization } = use_rights();
  const [edited, set_edited] = useState<Contact | 'new'>();
  const [destruction, set_destruction] = useState<Destruction>();
  const query = use_page(['organizations', organization_id, 'contacts', after], () =>
    take(api.GET('/organizations/{organization_id}/contacts', { params: { path: { organization_id }, query: { limit: 50, after } } })),
  );
  const remove = use_change({
    run: (id: string) => take(api.DELETE('/organizations/{organization_id}/contacts/{id}', { params: { path: { organization_id, id } } })),
    done: 'Removed.',
    refresh: [['organizations', organization_id]],
  });
  const columns: readonly Column<Contact>[] = [
    {
      title: 'Who',
      cell: ({ name, email }) => (
        <>
          <Text fw={550}>{name ?? email}</Text>
          {name !== null && (
            <Text size="sm" c="dimmed">
              {email}
            </Text>
          )}
        </>
      ),
    },
    {
      title: 'Told when',
      cell: ({ notices: of }) => (of === 'all' ? 'anything needs a hand' : of.map((one) => notices[one]).join('; ') || 'never'),
    },
    {
      title: '',
      end: true,
      cell: (contact) =>
        write_organization && (
          <Group gap="xs" justify="flex-end" wrap="nowrap">
            <Button size="xs" variant="default" onClick={() => set_edited(contact)} aria-label={`Change ${contact.email}`}>
              Change
            </Button>
            <Button
              size="xs"
              variant="default"
              aria-label={`Remove ${contact.email}`}
              onClick={() =>
                set_destruction({
                  title: `Remove ${contact.email}?`,
                  what: 'No notice goes there any more.',
                  verb: 'Remove',
                  run: () => remove.mutateAsync(contact.id),
                })
              }
            >
              Remove
            </Button>
          </Group>
        ),
    },
  ];
  const add = write_organization && (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => set_edited('new')}>
      Add a contact
    </Button>
  );
  return (
    <>
      <PageHead
        order={2}
        title="Contacts"
        lead="Who is told by e-mail before something breaks: certificates that end, directories that fall silent."
        actions={add}
      />
      <Card flush>
        <DataTable
          label="Contacts"
          columns={columns}
          query={query}
          row_key={({ id }) => id}
          after={after}
          on_page={(to) => void navigate({ search: { after: to } })}
          empty={
            <Empty icon="mail" title="Nobody is told" action={add}>
              Add the partner’s administrator: then an expiring certificate is their Monday morning, not yours.
            </Empty>
          }
        />
      </Card>
      <Modal
        opened={edited !== undefined}
        onClose={() => set_edited(undefined)}
        title={edited === 'new' ? 'Add a contact' : 'Change the contact'}
      >
        {edited !== undefined && (
          <ContactForm
            organization_id={organization_id}
            contact={edited === 'new' ? undefined : edited}
            on_done={() => set_edited(undefined)}
          />
        )}
      </Modal>
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </>
  );
}

interface ContactFormProps {
  readonly organization_id: string;
  readonly contact: Contact | undefined;
  readonly on_done: () => void;
}

function ContactForm({ organization_id, contact, on_done }: ContactFormProps) {
  const [email, set_email] = useState(contact?.email ?? '');
  const [name, set_name] = useState(contact?.name ?? '');
  const [chosen, set_chosen] = useState<readonly string[]>(
    contact === undefined || contact.notices === 'all' ? all_notices : contact.notices,
  );
  const save = use_change({
    run: () => {
      const some = all_notices.filter((one) => chosen.includes(one));
      const body = {
        email: email.trim(),
        name: name.trim() === '' ? null : name.trim(),
        notices: some.length === all_notices.length ? ('all' as const) : some,
      };
      if (contact === undefined)
        return take(api.POST('/organizations/{organization_id}/contacts', { params: { path: { organization_id } }, body }));
      return take(
        api.PATCH('/organizations/{organization_id}/contacts/{id}', { params: { path: { organization_id, id: contact.id } }, body }),
      );
    },
    done: 'Saved.',
    refresh: [['organizations', organization_id]],
    then: on_done,
  });
  const errors = field_errors(save.error);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      <Stack>
        <ProblemAlert error={save.error} />
        <TextInput
          label="E-mail address"
          type="email"
          required
          value={email}
          onChange={(event) => set_email(event.currentTarget.value)}
          error={errors['email']}
          data-autofocus
        />
        <TextInput label="Name" value={name} onChange={(event) => set_name(event.currentTarget.value)} error={errors['name']} />
        <Checkbox.Group label="Told when" value={[...chosen]} onChange={set_chosen}>
          <Stack gap="xs" mt="xs">
            {all_notices.map((one) => (
              <Checkbox key={one} value={one} label={notices[one]} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
