import { Button, Checkbox, FileInput, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Schemas } from '../../../api/client.ts';
import { ask_raw } from '../../../api/raw.ts';
import { use_change } from '../../../api/use_change.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../../components/confirm_destructive.tsx';
import { Icon } from '../../../components/icon.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { save_text } from '../../../components/save_text.ts';
import { SecretOnce, type ShownSecret } from '../../../components/secret_once.tsx';
import { Changes } from './changes.tsx';
import { send_tenants } from './send_tenants.ts';

type Planned = Schemas['TenantsChanges'];

/** The whole configuration as one file: out, and in again after a look at what it would change. */
export function Configuration() {
  const { owner } = use_rights();
  const out = use_change({
    run: async () => (await ask_raw('GET', '/api/v1/tenants?format=yaml')).text(),
    then: (text) => save_text('tenants.yaml', text, 'application/yaml'),
  });
  return (
    <>
      <PageHead
        title="Configuration"
        lead="Organizations, connections, domains, role mappings, apps, APIs, roles and SCIM targets as one file: for a copy, for another installation, for a repository."
      />
      {owner ? (
        <Stack gap="lg">
          <Card
            order={2}
            title="Export"
            note="As postern export writes it. Secrets are not in it: connections read ***, which keeps what is stored."
          >
            <Stack gap="sm" align="flex-start">
              <ProblemAlert error={out.error} />
              <Button loading={out.isPending} leftSection={<Icon name="down" size={16} />} onClick={() => out.mutate(undefined)}>
                Download tenants.yaml
              </Button>
            </Stack>
          </Card>
          <Import />
        </Stack>
      ) : (
        <Text c="dimmed">Only an owner exports and imports the whole configuration.</Text>
      )}
    </>
  );
}

function Import() {
  const [file, set_file] = useState<File | null>(null);
  const [prune, set_prune] = useState(false);
  const [planned, set_planned] = useState<Planned>();
  const [secret, set_secret] = useState<ShownSecret>();
  const [destruction, set_destruction] = useState<Destruction>();
  const look = use_change({ run: (given: File) => send_tenants('diff', given, prune), then: set_planned });
  const apply = use_change({
    run: (given: File) => send_tenants('apply', given, prune),
    done: ({ changes }) => `${changes.length} ${changes.length === 1 ? 'change' : 'changes'} made.`,
    refresh: [['organizations'], ['clients'], ['resources'], ['roles'], ['scim-targets']],
    then(applied) {
      set_planned(applied);
      const values = applied.changes.flatMap(({ name, shown_once }) =>
        Object.entries(shown_once).map(([what, value]) => [`${name}: ${what}`, value] as const),
      );
      if (values.length > 0) set_secret({ title: 'Secrets of what is new', values });
    },
  });
  const again = (): void => {
    set_planned(undefined);
    look.reset();
    apply.reset();
  };
  const removals = planned?.changes.filter(({ action }) => action === 'remove') ?? [];
  const go = (given: File): void => {
    if (removals.length === 0) return apply.mutate(given);
    set_destruction({
      ...{ title: 'Apply, with what it removes?', verb: 'Apply', name: 'remove', run: () => apply.mutateAsync(given) },
      what: 'What the file does not name is removed, and whatever rests on it ends.',
      ends: removals.slice(0, 20).map(({ kind, name }) => `${kind} ${name}`),
    });
  };
  return (
    <Card order={2} title="Import" note="First you see what the file would change; nothing is done before you say so.">
      <Stack gap="md" align="stretch">
        <Group align="flex-end" gap="md">
          <FileInput
            label="Tenants file"
            description="YAML or JSON"
            placeholder="Choose a file"
            accept=".yaml,.yml,.json"
            value={file}
            onChange={(chosen) => {
              set_file(chosen);
              again();
            }}
            clearable
            clearButtonProps={{ 'aria-label': 'Take the file away' }}
            w={{ base: '100%', xs: '20rem' }}
          />
          <Checkbox
            label="Also remove what the file does not name"
            checked={prune}
            onChange={(event) => {
              set_prune(event.currentTarget.checked);
              again();
            }}
            mb={8}
          />
        </Group>
        <Group>
          <Button
            variant={planned === undefined ? 'filled' : 'default'}
            disabled={file === null}
            loading={look.isPending}
            onClick={() => file !== null && look.mutate(file)}
          >
            Show what it changes
          </Button>
          {planned?.dry_run === true && planned.changes.length > 0 && (
            <Button loading={apply.isPending} onClick={() => file !== null && go(file)}>
              Apply
            </Button>
          )}
        </Group>
        <ProblemAlert error={look.error ?? apply.error} />
        {planned !== undefined && <Changes planned={planned} />}
      </Stack>
      <SecretOnce secret={secret} on_close={() => set_secret(undefined)} />
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </Card>
  );
}
