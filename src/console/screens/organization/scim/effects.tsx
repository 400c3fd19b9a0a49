import { Group, Text } from '@mantine/core';
import type { Schemas } from '../../../api/client.ts';
import { JsonView } from '../../../components/json_view.tsx';

/** What was there before, and what after. */
export function Effects({ effects }: { readonly effects: NonNullable<Schemas['ScimRequest']['effects']> }) {
  if (effects.length === 0)
    return (
      <Text c="dimmed" className="card-body">
        Nothing.
      </Text>
    );
  return (
    <ul className="checks">
      {effects.map(({ type, resource, before, after, too_long }, at) => (
        <li key={at} style={{ gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <Group gap="xs">
            <Text fw={550} size="sm">
              {type.replaceAll(/[._]/g, ' ')}
            </Text>
            <code className="mono">{resource.id}</code>
          </Group>
          {too_long === true && <Text c="dimmed">Too long to be kept.</Text>}
          <div className="tiles">
            {before !== undefined && <JsonView value={before} label="before" />}
            {after !== undefined && <JsonView value={after} label="after" />}
          </div>
        </li>
      ))}
    </ul>
  );
}
