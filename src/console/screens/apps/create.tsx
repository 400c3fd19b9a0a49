import { Button, Group, Radio, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type Schemas, take } from '../../api/client.ts';
import { field_errors, use_change } from '../../api/use_change.ts';
import { Card } from '../../components/card.tsx';
import { Icon } from '../../components/icon.tsx';
import { LinkButton } from '../../components/links.tsx';
import { PageHead } from '../../components/page_head.tsx';
import { ProblemAlert } from '../../components/problem_alert.tsx';
import { SecretOnce, type ShownSecret } from '../../components/secret_once.tsx';
import { type Kind, kinds, registration } from './kind.ts';
import { redirect_uris_problem } from './redirect_uri.ts';

const route = getRouteApi('/shell/apps/new');
const all: readonly Kind[] = ['web', 'spa', 'native', 'machine'];
const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A new app: first what it is, then where it comes back to. */
export function CreateApp() {
  const { kind } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHead title="New app" lead="What it is decides how it proves itself; the rest can be changed later." />
      <Stack gap="md">
        <Card title="What is it?">
          <Radio.Group
            aria-label="Kind of app"
            value={kind ?? ''}
            onChange={(chosen) => void navigate({ search: { kind: all.find((one) => one === chosen) }, replace: true })}
          >
            <div className="tiles">
              {all.map((one) => (
                <Radio.Card key={one} value={one} className="choice">
                  <Icon name={kinds[one].icon} size={22} />
                  <span>
                    <strong>{kinds[one].name}</strong>
                    <br />
                    <small>{kinds[one].about}</small>
                  </span>
                </Radio.Card>
              ))}
            </div>
          </Radio.Group>
        </Card>
        {kind !== undefined && <Details key={kind} kind={kind} />}
      </Stack>
    </>
  );
}

function Details({ kind }: { readonly kind: Kind }) {
  const navigate = useNavigate();
  const [name, set_name] = useState('');
  const [redirects, set_redirects] = useState('');
  const [after_logout, set_after_logout] = useState('');
  const [refresh, set_refresh] = useState(kind !== 'spa');
  const [made, set_made] = useState<Schemas['CreatedClient']>();
  const create = use_change({
    run: () =>
      take(
        api.POST('/clients', {
          body: registration(kind, { name, redirect_uris: lines(redirects), post_logout_redirect_uris: lines(after_logout), refresh }),
        }),
      ),
    done: 'The app was registered.',
    refresh: [['clients', 'list']],
    then: (client) => (client.client_secret === undefined ? open(client) : set_made(client)),
  });
  const open = ({ id }: Schemas['CreatedClient']) => navigate({ to: '/apps/$client_id', params: { client_id: id } });
  const errors = field_errors(create.error);
  const mistake = redirect_uris_problem(redirects, kind);
  return (
    <Card title="About it">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(undefined);
        }}
      >
        <Stack maw="36rem">
          <ProblemAlert error={create.error} />
          <TextInput
            label="Name"
            description="People see it when they sign in."
            value={name}
            onChange={(event) => set_name(event.currentTarget.value)}
            error={errors['client_name']}
            required
          />
          {kind !== 'machine' && (
            <>
              <Textarea
                label="Where people come back to (redirect URIs)"
                description="One in each line, letter by letter as the app sends it."
                placeholder={kind === 'native' ? 'com.example.app:/callback' : 'https://app.example.com/callback'}
                value={redirects}
                onChange={(event) => set_redirects(event.currentTarget.value)}
                error={mistake ?? errors['redirect_uris'] ?? errors['redirect_uris.0']}
                autosize
                minRows={2}
                required
                spellCheck={false}
              />
              <Textarea
                label="Where they land after signing out"
                value={after_logout}
                onChange={(event) => set_after_logout(event.currentTarget.value)}
                error={redirect_uris_problem(after_logout, kind) ?? errors['post_logout_redirect_uris']}
                autosize
                minRows={1}
                spellCheck={false}
              />
              <Switch
                label="Stays signed in without asking again (refresh tokens)"
                checked={refresh}
                onChange={(event) => set_refresh(event.currentTarget.checked)}
              />
            </>
          )}
          <Group>
            <Button type="submit" loading={create.isPending} disabled={mistake !== undefined}>
              Register the app
            </Button>
            <LinkButton to="/apps" variant="default">
              Cancel
            </LinkButton>
          </Group>
        </Stack>
      </form>
      <SecretOnce secret={made === undefined ? undefined : shown(made)} on_close={() => made !== undefined && void open(made)} />
    </Card>
  );
}

const shown = ({ client_id, client_secret = '', client_name }: Schemas['CreatedClient']): ShownSecret => ({
  title: client_name ?? client_id,
  values: [
    ['client_id', client_id],
    ['client_secret', client_secret],
  ],
  next: 'Next come the lines for your language.',
});
