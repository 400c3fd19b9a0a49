import { Group, Progress, Text } from '@mantine/core';

/** How much of long work is done. */
export function HowFar({ done, total }: { readonly done: number; readonly total: number }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Progress value={total === 0 ? 0 : (100 * done) / total} w={80} aria-label="Progress" />
      <Text size="sm">
        {done} of {total}
      </Text>
    </Group>
  );
}
