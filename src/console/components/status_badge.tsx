import { Badge } from '@mantine/core';

const colors: Readonly<Record<string, string>> = {
  active: 'green',
  enabled: 'green',
  verified: 'green',
  succeeded: 'green',
  told: 'green',
  suspended: 'yellow',
  pending: 'yellow',
  waiting: 'yellow',
  refused: 'red',
  failed: 'red',
  given_up: 'red',
};

/** A state in a colour and in its word. */
export function StatusBadge({ status }: { readonly status: string }) {
  return <Badge color={colors[status] ?? 'gray'}>{status.replaceAll('_', ' ')}</Badge>;
}
