import { Stack, Text } from '@mantine/core';
import { Card } from '../../../components/card.tsx';
import { Facts } from '../../../components/facts.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';
import type { Of } from './of.ts';
import { OurKeys } from './our_keys.tsx';
import { PartnerCertificates } from './partner_certificates.tsx';
import { WaitingKeys } from './waiting_keys.tsx';

/** The keys of both sides, and when the partner's were read. */
export function Certificates(of: Of) {
  const { trust, service_provider } = of.connection;
  if (trust === undefined && service_provider.certificates === undefined)
    return (
      <Card>
        <Text c="dimmed">A directory is trusted by its TLS certificate: the authority stands in the configuration.</Text>
      </Card>
    );
  return (
    <Stack gap="md">
      {trust?.waiting != null && <WaitingKeys {...of} waiting={trust.waiting} />}
      {trust !== undefined && (
        <Card title="Metadata">
          <Facts
            of={[
              ['Read', <TimeAgo key="read" at={trust.read_at} />],
              ['Read again', <TimeAgo key="again" at={trust.refresh_at} never="by hand" />],
              trust.valid_until !== null && ['Valid until', <TimeAgo key="until" at={trust.valid_until} />],
              trust.last_error !== null && [
                'Last failure',
                <Text key="error" c="var(--mantine-color-error)" inherit>
                  <TimeAgo at={trust.last_error.at} />: {trust.last_error.message}
                </Text>,
              ],
            ]}
          />
        </Card>
      )}
      {of.connection.protocol === 'saml' && <PartnerCertificates {...of} />}
      {service_provider.certificates !== undefined && <OurKeys {...of} certificates={service_provider.certificates} />}
    </Stack>
  );
}
