import { Button, Modal, NumberInput, TextInput } from '@mantine/core';
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
import { LinkAnchor } from '../../components/links.tsx';
import { OrganizationPicker } from '../../components/organization_picker.tsx';
import { PageHead } from '../../components/page_head.tsx';
import { MakeForm } from '../../components/make_form.tsx';
import { SecretOnce, type ShownSecret } from '../../components/secret_once.tsx';
import { TimeAgo } from '../../components/time_ago.tsx';

type Token = Schemas['RegistrationToken'];
const route = getRouteApi('/shell/registration-tokens');
const DAY_MS = 86_400_000;

/** By which apps register themselves (RFC 7591). */
export function RegistrationTokens() {
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const { write_installation } = use_rights();
  const [making, set_making] = useState(false);
  const [secret, set_secret] = useState<ShownSecret>();
  const [destruction, set_destruction] = useState<Destruction>();
  const query = use_page(['registration-tokens', after], () =>
    take(api.GET('/registration-tokens', { params: { query: { limit: 50, after } } })),
  );
  const remove = use_change({
    run: (id: string) => take(api.DELETE('/registration-tokens/{id}', { params: { path: { id } } })),
    ...{ refresh: [['registration-tokens']], done: 'No app registers with it any more.' },
  });
  const columns: readonly Column<Token>[] = [
    { title: 'Token', cell: ({ name }) => <strong>{name}</strong> },
    {
      title: 'For',
      cell: ({ organization_id }) =>
        organization_id === null ? (
          'every organization'
        ) : (
          <LinkAnchor className="mono" to="/organizations/$organization_id" params={{ organization_id }}>
            {organization_id}
          </LinkAnchor>
        ),
    },
    { title: 'Uses left', cell: ({ uses_left }) => uses_left ?? 'any number', end: true },
    { title: 'Ends', cell: ({ expires_at }) => <TimeAgo at={expires_at} /> },
    { title: 'Made', cell: ({ created_at }) => <TimeAgo at={created_at} />, end: true },
    {
      title: '',
      end: true,
      cell: ({ id, name }) =>
        write_installation && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Revoke ${name}`}
            onClick={() =>
              set_destruction({
                ...{ title: `Revoke ${name}?`, verb: 'Revoke', run: () => remove.mutateAsync(id) },
                what: 'Apps that have registered with it stay registered.',
              })
            }
          >
            Revoke
          </Button>
        ),
    },
  ];
  const make = write_installation && (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => set_making(true)}>
      New token
    </Button>
  );
  return (
    <>
      <PageHead
        title="Registration tokens"
        lead="Whoever holds one registers an app by itself (RFC 7591): a third party’s, for no API until you allow one."
        actions={make}
      />
      <Card flush>
        <DataTable
          label="Registration tokens"
          columns={columns}
          query={query}
          row_key={({ id }) => id}
          after={after}
          on_page={(to) => void navigate({ search: { after: to } })}
          empty={
            <Empty icon="key" title="No app registers itself" action={make}>
              Give a token to a developer or a pipeline, with as few uses and as short a time as will do.
            </Empty>
          }
        />
      </Card>
      <Modal opened={making} onClose={() => set_making(false)} title="New registration token">
        <NewToken on_close={() => set_making(false)} on_secret={set_secret} />
      </Modal>
      <SecretOnce secret={secret} on_close={() => set_secret(undefined)} />
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </>
  );
}

function NewToken({ on_close, on_secret }: { readonly on_close: () => void; readonly on_secret: (secret: ShownSecret) => void }) {
  const [name, set_name] = useState('');
  const [organization, set_organization] = useState<string | null>(null);
  const [uses, set_uses] = useState<number | string>(1);
  const [days, set_days] = useState<number | string>(7);
  const change = use_change({
    run: () =>
      take(
        api.POST('/registration-tokens', {
          body: {
            name,
            ...(organization !== null && { organization_id: organization }),
            ...(typeof uses === 'number' && { uses }),
            ...(typeof days === 'number' && { expires_at: new Date(Date.now() + days * DAY_MS).toISOString() }),
          },
        }),
      ),
    refresh: [['registration-tokens']],
    then({ token }) {
      on_close();
      on_secret({ title: 'The new registration token', values: [['Token', token]], next: 'It is sent as a bearer token to /register.' });
    },
  });
  const errors = field_errors(change.error);
  return (
    <MakeForm on_close={on_close} change={change}>
      <TextInput
        label="Name"
        description="For whom it is."
        value={name}
        error={errors['name']}
        onChange={(event) => set_name(event.currentTarget.value)}
        required
        data-autofocus
      />
      <OrganizationPicker label="Only for people of" value={organization} on_change={set_organization} />
      <NumberInput label="Apps that may register with it" description="Nothing: any number." min={1} value={uses} onChange={set_uses} />
      <NumberInput label="Days until it ends" description="Nothing: never." min={1} value={days} onChange={set_days} />
    </MakeForm>
  );
}
