import { Badge } from '@mantine/core';

/** How long a certificate will last, in a colour and in words. */
export function CertificateBadge({ days_left }: { readonly days_left: number }) {
  if (days_left < 0)
    return (
      <Badge color="red">
        expired {-days_left} {-days_left === 1 ? 'day' : 'days'} ago
      </Badge>
    );
  const color = days_left <= 14 ? 'red' : days_left <= 60 ? 'yellow' : 'green';
  return (
    <Badge color={color}>
      {days_left} {days_left === 1 ? 'day' : 'days'} left
    </Badge>
  );
}
