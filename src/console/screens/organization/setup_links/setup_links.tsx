import { Badge, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { getRouteApi, useLocation } from '@tanstack/react-router';
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
import { LinkAnchor } from '../../../components/links.tsx';
import { PageHead } from '../../../components/page_head.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { SecretOnce, type ShownSecret } from '../../../components/secret_once.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import { NewSetupLink } from './new_setup_link.tsx';
import { Progress } from './progress.tsx';

const route = getRouteApi('/shell/organizations/$organization_id/setup-links');
type SetupLink = Schemas['SetupLink'];

const words: Readonly<Record<SetupLink['status'], readonly [word: string, color: string]>> = {
  created: ['not opened yet', 'gray'],
  opened: ['opened', 'accent'],
  progressed: ['under way', 'accent'],
  finished: ['finished', 'green'],
  revoked: ['revoked', 'gray'],
  expired: ['expired', 'yellow'],
};

/** By these links a partner sets itself up, without an account and without you. */
export function SetupLinks() {
  const { organization_id } = route.useParams();
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const { write_organization, write_installation } = use_rights();
  // who pressed "Make a set-up link" elsewhere is asked at once
  const asked = useLocation({ select: ({ hash }) => hash === 'new' });
  const [asking, set_asking] = useState(asked);
  // stays while the dialog closes
  const [replaced, set_replaced] = useState<SetupLink>();
  const [shown, set_shown] = useState<ShownSecret>();
  const [destruction, set_destruction] = useState<Destruction>();
  const ask = (link?: SetupLink): void => {
    set_replaced(link);
    set_asking(true);
  };
  const close = (): void => {
    set_asking(false);
    // the address of the list alone: it can be opened again
    if (asked) void navigate({ search: { after }, replace: true });
  };
  const refresh = [['organizations', organization_id]];
  const query = use_page(['organizations', organization_id, 'setup-links', after], () =>
    take(api.GET('/organizations/{organization_id}/setup-links', { params: { path: { organization_id }, query: { limit: 20, after } } })),
  );
  const path = (id: string) => ({ organization_id, id });
  const revoke = use_change({
    run: (id: string) => take(api.POST('/organizations/{organization_id}/setup-links/{id}/revoke', { params: { path: path(id) } })),
    done: 'The link opens nothing any more.',
    refresh,
  });
  const approve = use_change({
    run: (id: string) => take(api.POST('/organizations/{organization_id}/setup-links/{id}/approve', { params: { path: path(id) } })),
    done: 'Approved: the connection is on.',
    refresh,
  });
  const columns: readonly Column<SetupLink>[] = [
    {
      title: 'Link',
      cell: ({ name, steps, created_at }) => (
        <>
          <Text fw={550}>{name}</Text>
          <Text size="sm" c="dimmed">
            {steps.join(', ')}; made <TimeAgo at={created_at} />
          </Text>
        </>
      ),
    },
    {
      title: 'State',
      cell: ({ status, approval }) => (
        <Group gap={6}>
          <Badge color={words[status][1]}>{words[status][0]}</Badge>
          {approval === 'requested' && <Badge color="yellow">waits for approval</Badge>}
        </Group>
      ),
    },
    { title: 'Progress', cell: (link) => <Progress link={link} /> },
    { title: 'Ends', cell: ({ status, expires_at }) => (status === 'finished' || status === 'revoked' ? '' : <TimeAgo at={expires_at} />) },
    {
      title: '',
      end: true,
      cell: (link) => {
        const living = !['finished', 'revoked', 'expired'].includes(link.status);
        return (
          <Group gap="xs" wrap="nowrap" justify="flex-end">
            {link.progress.connection_id !== null && (
              <LinkAnchor
                size="sm"
                to="/organizations/$organization_id/connections/$connection_id"
                params={{ organization_id, connection_id: link.progress.connection_id }}
              >
                Connection
              </LinkAnchor>
            )}
            {write_installation && link.approval === 'requested' && (
              <Button size="xs" loading={approve.isPending} onClick={() => approve.mutate(link.id)}>
                Approve
              </Button>
            )}
            {write_organization && (
              <Button size="xs" variant="default" onClick={() => ask(link)} aria-label={`Issue ${link.name} again`}>
                Issue again
              </Button>
            )}
            {write_organization && living && (
              <Button
                size="xs"
                variant="default"
                aria-label={`Revoke ${link.name}`}
                onClick={() =>
                  set_destruction({
                    title: `Revoke ${link.name}?`,
                    what: 'Whoever has the link open sees that it has ended. What was saved stays, and another link goes on from there.',
                    verb: 'Revoke the link',
                    run: () => revoke.mutateAsync(link.id),
                  })
                }
              >
                Revoke
              </Button>
            )}
          </Group>
        );
      },
    },
  ];
  const make = write_organization && (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => ask()}>
      New set-up link
    </Button>
  );
  return (
    <>
      <PageHead
        order={2}
        title="Set-up links"
        lead="Send one to the partner’s administrator: it leads through domain, connection and SCIM with the words of their own identity provider."
        actions={make}
      />
      <Stack gap="md">
        <ProblemAlert error={approve.error} />
        <Card flush>
          <DataTable
            label="Set-up links"
            columns={columns}
            query={query}
            row_key={({ id }) => id}
            after={after}
            on_page={(to) => void navigate({ search: { after: to } })}
            empty={
              <Empty icon="link" title="Nobody was invited yet" action={make}>
                A link is good for 7 days, needs no account, and shows you how far the partner is.
              </Empty>
            }
          />
        </Card>
      </Stack>
      <Modal opened={asking} onClose={close} title={replaced === undefined ? 'New set-up link' : 'Issue the link again'}>
        {asking && (
          <NewSetupLink
            {...{ organization_id, before: replaced }}
            on_made={({ url, name }) => {
              close();
              set_shown({
                title: name,
                values: [['Link', url]],
                next: 'Send it to the partner’s administrator. Whoever has it can set up this organization until it ends; an older link for the same steps ends now.',
              });
            }}
          />
        )}
      </Modal>
      <SecretOnce secret={shown} on_close={() => set_shown(undefined)} />
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </>
  );
}
