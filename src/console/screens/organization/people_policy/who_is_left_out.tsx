import { Alert, List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { access_query, ends_of } from '../../../api/access.ts';
import { api, take } from '../../../api/client.ts';
import { use_page } from '../../../api/use_page.ts';
import { Icon } from '../../../components/icon.tsx';

interface WhoIsLeftOutProps {
  readonly organization_id: string;
  readonly before: readonly string[];
  /** As they are typed. */
  readonly groups: unknown;
}

/** Before it is saved: the groups that would let people in, and the most that could end. */
export function WhoIsLeftOut({ organization_id, before, groups }: WhoIsLeftOutProps) {
  const chosen = Array.isArray(groups) ? groups.map(String) : [];
  const changed = chosen.length > 0 && JSON.stringify(chosen) !== JSON.stringify(before);
  const { data: access } = useQuery({ ...access_query(organization_id, {}), enabled: changed });
  const filter = chosen
    .slice(0, 50)
    .map((name) => `id eq ${JSON.stringify(name)} or display_name eq ${JSON.stringify(name)}`)
    .join(' or ');
  const known = use_page(
    ['organizations', organization_id, 'groups', 'named', filter],
    () =>
      take(api.GET('/organizations/{organization_id}/groups', { params: { path: { organization_id }, query: { limit: 100, filter } } })),
    changed,
  );
  if (!changed) return null;
  const found = known.data?.data ?? [];
  const people = new Set(found.flatMap(({ members }) => members)).size;
  const unknown = chosen.filter(
    (name) => !found.some(({ id, display_name }) => id === name || display_name.toLowerCase() === name.toLowerCase()),
  );
  return (
    <Alert color="yellow" icon={<Icon name="warning" />} role="status" title="This holds at once, for everybody" maw="36rem">
      <Text size="sm">
        {people} {people === 1 ? 'person is' : 'people are'} in these groups. Whoever is in none of them loses every session; of now, at
        most:
      </Text>
      <List size="sm">
        {ends_of(access).map((one) => (
          <List.Item key={one}>{one}</List.Item>
        ))}
      </List>
      {known.data !== undefined && unknown.length > 0 && <Text size="sm">No group is there yet that is called {unknown.join(', ')}.</Text>}
    </Alert>
  );
}
