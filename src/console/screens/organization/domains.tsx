import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type Schemas, take } from '../../api/client.ts';
import { field_errors, use_change } from '../../api/use_change.ts';
import { use_page } from '../../api/use_page.ts';
import { use_rights } from '../../api/use_session.ts';
import { Card } from '../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../components/confirm_destructive.tsx';
import { CopyField } from '../../components/copy_field.tsx';
import { type Column, DataTable } from '../../components/data_table.tsx';
import { Empty } from '../../components/empty.tsx';
import { PageHead } from '../../components/page_head.tsx';
import { ProblemAlert } from '../../components/problem_alert.tsx';
import { TimeAgo } from '../../components/time_ago.tsx';

const route = getRouteApi('/shell/organizations/$organization_id/domains');
type Domain = Schemas['Domain'];

/** Which e-mail domains belong to the organization, and the proof of each. */
export function Domains() {
  const { organization_id } = route.useParams();
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const { write_organization } = use_rights();
  const query = use_page(['organizations', organization_id, 'domains', after], () =>
    take(api.GET('/organizations/{organization_id}/domains', { params: { path: { organization_id }, query: { limit: 50, after } } })),
  );
  const columns: readonly Column<Domain>[] = [
    { title: 'Domain', cell: ({ domain }) => <Text fw={550}>{domain}</Text> },
    { title: 'Proof', cell: (domain) => <Proof domain={domain} /> },
    { title: 'Last looked at', cell: ({ last_checked_at }) => <TimeAgo at={last_checked_at} /> },
    { title: '', cell: (domain) => write_organization && <Verbs {...{ organization_id, domain }} />, end: true },
  ];
  return (
    <>
      <PageHead
        order={2}
        title="Domains"
        lead="Whoever types an e-mail address under a proven domain is led to this organization. Until it is proven, a domain leads nobody anywhere."
      />
      <Stack gap="md">
        {write_organization && <AddDomain organization_id={organization_id} />}
        <Card flush>
          <DataTable
            label="Domains"
            columns={columns}
            query={query}
            row_key={({ domain }) => domain}
            after={after}
            on_page={(to) => void navigate({ search: { after: to } })}
            empty={
              <Empty icon="globe" title="No domain yet">
                Add the part after the @ of the organization’s e-mail addresses, then have its administrator enter the TXT record that is
                shown.
              </Empty>
            }
          />
        </Card>
      </Stack>
    </>
  );
}

function Proof({ domain: { status, txt_record, last_error, verified_at } }: { readonly domain: Domain }) {
  if (status === 'verified')
    return (
      <Group gap="xs">
        <Badge color="green">proven</Badge>
        <Text size="sm" c="dimmed">
          <TimeAgo at={verified_at} />
        </Text>
      </Group>
    );
  return (
    <Stack gap={2}>
      <Group gap="xs">
        <Badge color="yellow">not proven</Badge>
        <Text size="sm">TXT record to enter at the DNS:</Text>
      </Group>
      <CopyField value={txt_record.name} what="the name of the record" />
      <CopyField value={txt_record.value} what="the value of the record" />
      {last_error !== null && (
        <Text size="sm" c="var(--mantine-color-error)">
          {last_error}
        </Text>
      )}
    </Stack>
  );
}

function AddDomain({ organization_id }: { readonly organization_id: string }) {
  const [domain, set_domain] = useState('');
  const add = use_change({
    run: () =>
      take(
        api.POST('/organizations/{organization_id}/domains', { params: { path: { organization_id } }, body: { domain: domain.trim() } }),
      ),
    done: ({ domain: added }) => `${added} was added. Now prove it.`,
    refresh: [['organizations', organization_id]],
    then: () => set_domain(''),
  });
  return (
    <Card>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate(undefined);
        }}
      >
        <Stack gap="sm">
          <ProblemAlert error={add.error} />
          <Group align="flex-end" gap="sm">
            <TextInput
              label="Add a domain"
              placeholder="acme.example"
              value={domain}
              onChange={(event) => set_domain(event.currentTarget.value)}
              error={field_errors(add.error)['domain']}
              required
              spellCheck={false}
              w={{ base: '100%', xs: '20rem' }}
            />
            <Button type="submit" loading={add.isPending}>
              Add
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

function Verbs({ organization_id, domain: { domain, status } }: { readonly organization_id: string; readonly domain: Domain }) {
  const [destruction, set_destruction] = useState<Destruction>();
  const path = { organization_id, domain };
  const refresh = [['organizations', organization_id]];
  const verify = use_change({
    run: () => take(api.POST('/organizations/{organization_id}/domains/{domain}/verify', { params: { path } })),
    done: (looked) =>
      looked.status === 'verified' ? `${domain} is proven.` : `The record is not there yet: ${looked.last_error ?? 'not found'}`,
    refresh,
  });
  const remove = use_change({
    run: () => take(api.DELETE('/organizations/{organization_id}/domains/{domain}', { params: { path } })),
    done: `${domain} was removed.`,
    refresh,
  });
  return (
    <Stack gap="xs" align="flex-end">
      <Group gap="xs" wrap="nowrap" justify="flex-end">
        {status === 'pending' && (
          <Button
            size="xs"
            loading={verify.isPending}
            onClick={() => verify.mutate(undefined)}
            aria-label={`Look up the record of ${domain}`}
          >
            Look it up
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          aria-label={`Remove ${domain}`}
          onClick={() =>
            set_destruction({
              title: `Remove ${domain}?`,
              what: 'Addresses under it lead to this organization no more. Another organization may prove it then.',
              name: domain,
              verb: 'Remove the domain',
              run: () => remove.mutateAsync(undefined),
            })
          }
        >
          Remove
        </Button>
      </Group>
      <ProblemAlert error={verify.error} />
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </Stack>
  );
}
