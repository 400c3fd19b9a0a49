import { Group, Pill } from '@mantine/core';

interface Props {
  /** What stands in the address. */
  readonly search: Readonly<Record<string, unknown>>;
  /** Those that can be taken away here, and what they are called. */
  readonly names: Readonly<Record<string, string>>;
  readonly on_remove: (name: string) => void;
}

/** The filters that a link has set: seen, and taken away one by one. */
export function FilterChips({ search, names, on_remove }: Props) {
  const set = Object.entries(names).flatMap(([name, title]) => {
    const value = search[name];
    return typeof value === 'string' ? [{ name, title, value }] : [];
  });
  if (set.length === 0) return null;
  return (
    <Group gap="xs" px="md" pb="sm" role="group" aria-label="Filters">
      {set.map(({ name, title, value }) => (
        <Pill
          key={name}
          size="md"
          withRemoveButton
          onRemove={() => on_remove(name)}
          removeButtonProps={{ 'aria-label': `Take the filter ${title} away`, 'aria-hidden': false, tabIndex: 0 }}
        >
          {title}: {value}
        </Pill>
      ))}
    </Group>
  );
}
