import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, take } from '../../api/client.ts';
import { use_rights } from '../../api/use_session.ts';
import { Card, CardLevel } from '../../components/card.tsx';
import { CopyField } from '../../components/copy_field.tsx';
import { Facts } from '../../components/facts.tsx';
import { Icon } from '../../components/icon.tsx';
import { LinkAnchor, LinkButton } from '../../components/links.tsx';
import { TimeAgo } from '../../components/time_ago.tsx';
import { HealthCard } from './health_card.tsx';
import { use_organization, use_organization_id } from './use_organization.ts';

/** How an organization is doing, and where to go on. */
export function Overview() {
  const organization_id = use_organization_id();
  const { organization } = use_organization();
  const { write_organization, see_installation } = use_rights();
  const params = { organization_id };
  return (
    // no heading of its own stands above these cards
    <CardLevel value={2}>
      <div className="two">
        <HealthCard />
        <Stack gap="md">
          <NextStep />
          <Card title="About">
            <Facts
              of={[
                ['Slug', organization === undefined ? '' : <CopyField key="slug" value={organization.slug} what="the slug" />],
                ['Your reference', organization?.external_id ?? 'none'],
                ['Made', <TimeAgo key="made" at={organization?.created_at} />],
                ['Changed', <TimeAgo key="changed" at={organization?.updated_at} />],
                see_installation && [
                  'Sign-ins',
                  <LinkAnchor key="log" to="/sign-ins" search={{ organization_id }}>
                    See them in the log
                  </LinkAnchor>,
                ],
              ]}
            />
          </Card>
          {write_organization && (
            <LinkButton
              to="/organizations/$organization_id/setup-links"
              params={params}
              variant="default"
              leftSection={<Icon name="link" size={16} />}
            >
              Invite the partner with a set-up link
            </LinkButton>
          )}
        </Stack>
      </div>
    </CardLevel>
  );
}

/** An organization without a connection is not finished: says how it gets one. */
function NextStep() {
  const organization_id = use_organization_id();
  const { write_organization } = use_rights();
  const { data } = useQuery({
    queryKey: ['organizations', organization_id, 'connections', 'any'],
    queryFn: () =>
      take(api.GET('/organizations/{organization_id}/connections', { params: { path: { organization_id }, query: { limit: 1 } } })),
  });
  if (data === undefined || data.data.length > 0 || !write_organization) return null;
  return (
    <Card title="Connect it">
      <Stack gap="sm" align="flex-start">
        <span>Nobody of this organization can sign in yet. Let its administrator set it up with a link, or enter the connection here.</span>
        <LinkButton to="/organizations/$organization_id/setup-links" params={{ organization_id }} hash="new">
          Make a set-up link
        </LinkButton>
        <LinkButton to="/organizations/$organization_id/connections/new" params={{ organization_id }} variant="default">
          Enter a connection
        </LinkButton>
      </Stack>
    </Card>
  );
}
