import { Group, Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet } from '@tanstack/react-router';
import { organization_query } from '../../api/queries.ts';
import { CardLevel } from '../../components/card.tsx';
import { CopyField } from '../../components/copy_field.tsx';
import { ProblemAlert } from '../../components/problem_alert.tsx';
import { StatusBadge } from '../../components/status_badge.tsx';

const route = getRouteApi('/shell/organizations/$organization_id');

const matters = [
  { to: '/organizations/$organization_id', label: 'Overview' },
  { to: '/organizations/$organization_id/connections', label: 'Connections' },
  { to: '/organizations/$organization_id/domains', label: 'Domains' },
  { to: '/organizations/$organization_id/users', label: 'People' },
  { to: '/organizations/$organization_id/groups', label: 'Groups' },
  { to: '/organizations/$organization_id/scim', label: 'SCIM' },
  { to: '/organizations/$organization_id/setup-links', label: 'Set-up links' },
  { to: '/organizations/$organization_id/branding', label: 'Branding' },
  { to: '/organizations/$organization_id/policies', label: 'Policies' },
  { to: '/organizations/$organization_id/contacts', label: 'Contacts' },
  { to: '/organizations/$organization_id/settings', label: 'Settings' },
] as const;

/** What stands above every matter of one organization. */
export function OrganizationLayout() {
  const { organization_id } = route.useParams();
  const { data, error, refetch } = useQuery(organization_query(organization_id));
  if (error !== null) return <ProblemAlert error={error} retry={refetch} />;
  const organization = data?.item;
  return (
    <>
      <Group gap="sm" mb={4}>
        <Title order={1}>{organization?.name ?? <Skeleton width={180} height={28} />}</Title>
        {organization !== undefined && <StatusBadge status={organization.status} />}
      </Group>
      <Group gap="md" mb="md" c="dimmed" mih={32}>
        {organization !== undefined && <code className="mono">{organization.slug}</code>}
        <CopyField value={organization_id} what="the id of the organization" />
      </Group>
      <nav aria-label="This organization">
        <ul className="subnav">
          {matters.map(({ to, label }) => (
            <li key={to}>
              <Link
                to={to}
                params={{ organization_id }}
                activeOptions={{ exact: to === '/organizations/$organization_id', includeSearch: false }}
              >
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <CardLevel value={3}>
        <Outlet />
      </CardLevel>
    </>
  );
}
