import { Badge, Group, Text } from '@mantine/core';
import { Card } from '../../../components/card.tsx';
import { Facts } from '../../../components/facts.tsx';
import { source_words } from '../people_policy/sources.ts';
import { use_organization } from '../use_organization.ts';
import type { OfUser } from './of_user.ts';

/** Each attribute with its value, who spoke last of it, and whose it is by the policy of the organization. */
export function Words({ user }: Pick<OfUser, 'user'>) {
  const { organization } = use_organization();
  const { attributes, written_by } = user;
  const own = new Set(Object.keys(attributes).map((name) => `attributes.${name}`));
  const names = [...new Set([...Object.keys(written_by), ...own])].sort();
  if (names.length === 0) return null;
  const owners = organization?.people_policy.attribute_owners;
  const value_of = (name: string): string | undefined => {
    if (!own.has(name)) return undefined;
    const value = attributes[name.slice('attributes.'.length)];
    return Array.isArray(value) ? value.join(', ') : String(value);
  };
  return (
    <Card
      title="Attributes and who wrote them"
      note={owners === undefined ? undefined : 'The policy of the organization says whose word counts.'}
    >
      <Facts
        of={names.map((name) => {
          const by = written_by[name];
          const order = owners?.attributes?.[name] ?? owners?.default;
          const held = order !== undefined && by !== undefined && order[0] === by;
          return [
            <code key="n" className="mono">
              {name.replace(/^attributes\./, '')}
            </code>,
            <Group key="v" gap={6}>
              {value_of(name) !== undefined && <Text inherit>{value_of(name)}</Text>}
              <Badge color={held ? 'accent' : 'gray'}>{by === undefined ? 'nobody knows' : (source_words[by] ?? by)}</Badge>
            </Group>,
          ];
        })}
      />
    </Card>
  );
}
