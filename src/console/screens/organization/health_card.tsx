import { Badge, Button, Group, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, type Schemas, take } from '../../api/client.ts';
import { Card } from '../../components/card.tsx';
import { type Check, HealthList } from '../../components/health_list.tsx';
import { LinkButton } from '../../components/links.tsx';
import { ProblemAlert } from '../../components/problem_alert.tsx';
import { use_organization_id } from './use_organization.ts';

type Item = Schemas['OrganizationHealth']['items'][number];

const names: Readonly<Record<Item['name'], string>> = {
  organization: 'The organization is active',
  domain: 'A domain is proven',
  connection: 'A connection is on',
  tested: 'The connection was tested',
  metadata: 'Metadata is read',
  certificate: 'The partner’s certificates last',
  own_certificate: 'Our certificates last',
  last_sign_in: 'People sign in',
  scim: 'SCIM speaks',
  contacts: 'Somebody is told',
};
const states: Readonly<Record<Item['level'], Check['state']>> = { good: 'good', warning: 'warn', wrong: 'bad' };
const words: Readonly<Record<Item['level'], readonly [word: string, color: string]>> = {
  good: ['All well', 'green'],
  warning: ['Needs attention', 'yellow'],
  wrong: ['Something is wrong', 'red'],
};

/** The checklist of one organization: each cross with what to do, and a button that leads there. */
export function HealthCard() {
  const organization_id = use_organization_id();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['organizations', organization_id, 'health'],
    queryFn: () => take(api.GET('/organizations/{organization_id}/health', { params: { path: { organization_id } } })),
  });
  const [word, color] = words[data?.level ?? 'good'];
  return (
    <Card
      title="Health"
      flush
      actions={
        <Group gap="xs">
          {data !== undefined && <Badge color={color}>{word}</Badge>}
          <Button size="xs" variant="default" loading={isFetching} onClick={() => void refetch()}>
            Look again
          </Button>
        </Group>
      }
    >
      {error !== null && (
        <div className="card-body">
          <ProblemAlert error={error} retry={refetch} />
        </div>
      )}
      {data === undefined && error === null && (
        <Stack p="lg">
          <Skeleton height={18} />
          <Skeleton height={18} />
          <Skeleton height={18} />
        </Stack>
      )}
      {data !== undefined && (
        <HealthList
          label="Health of this organization"
          checks={data.items.map((item, at) => ({
            key: `${item.name} ${item.about?.id ?? at}`,
            state: states[item.level],
            name: item.about === null ? names[item.name] : `${names[item.name]}: ${item.about.name}`,
            detail: item.detail,
            fix: item.fix ?? undefined,
            action: item.ok ? undefined : <Mend item={item} />,
          }))}
        />
      )}
    </Card>
  );
}

function Mend({ item: { name, about } }: { readonly item: Item }) {
  const params = { organization_id: use_organization_id() };
  const look = { size: 'xs', variant: 'default' } as const;
  if (about?.kind === 'connection') {
    const tab = name === 'tested' ? 'test' : name === 'last_sign_in' ? 'log' : name === 'connection' ? 'configuration' : 'certificates';
    return (
      <LinkButton
        to="/organizations/$organization_id/connections/$connection_id"
        params={{ ...params, connection_id: about.id }}
        search={{ tab }}
        {...look}
      >
        Open
      </LinkButton>
    );
  }
  if (name === 'domain')
    return (
      <LinkButton to="/organizations/$organization_id/domains" params={params} {...look}>
        Domains
      </LinkButton>
    );
  if (name === 'scim')
    return (
      <LinkButton to="/organizations/$organization_id/scim" params={params} {...look}>
        SCIM
      </LinkButton>
    );
  if (name === 'contacts')
    return (
      <LinkButton to="/organizations/$organization_id/contacts" params={params} {...look}>
        Contacts
      </LinkButton>
    );
  if (name === 'organization')
    return (
      <LinkButton to="/organizations/$organization_id/settings" params={params} {...look}>
        Settings
      </LinkButton>
    );
  return (
    <LinkButton to="/organizations/$organization_id/connections" params={params} {...look}>
      Connections
    </LinkButton>
  );
}
