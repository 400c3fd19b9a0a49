import { Badge, Group, Text } from '@mantine/core';
import type { Schemas } from '../../../api/client.ts';
import { CertificateBadge } from '../../../components/certificate_badge.tsx';
import { CopyField } from '../../../components/copy_field.tsx';
import { day } from '../../../components/time_ago.tsx';

/** One certificate: whose, how long, and the fingerprint to compare. */
export function CertificateLine({
  certificate,
  change,
}: {
  readonly certificate: Schemas['ConnectionCertificate'];
  readonly change?: string;
}) {
  const { subject, sha256, not_before, not_after, days_left } = certificate;
  return (
    <div>
      <Group gap="xs">
        {change !== undefined && <Badge color={change === 'New' ? 'green' : 'red'}>{change}</Badge>}
        <Text fw={550} size="sm">
          {subject}
        </Text>
        <CertificateBadge days_left={days_left} />
      </Group>
      <Text size="sm" c="dimmed">
        {day(not_before)} to {day(not_after)}
      </Text>
      <CopyField value={sha256.match(/../g)?.join(':') ?? sha256} what="the SHA-256 fingerprint" />
    </div>
  );
}
