import { Anchor, Badge, Text } from '@mantine/core';
import type { Schemas } from '../../../api/client.ts';
import { use_rights, use_session } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { CopyField } from '../../../components/copy_field.tsx';
import { Facts } from '../../../components/facts.tsx';
import { LinkAnchor } from '../../../components/links.tsx';
import { TimeAgo } from '../../../components/time_ago.tsx';

/** The broker that answers, and what it says of its health. */
export function Overview({ system }: { readonly system: Schemas['System'] }) {
  const { mocks } = use_session();
  const { write_installation } = use_rights();
  const { version, node, issuer, started_at, database, checks, operators_organization } = system;
  return (
    <div className="two">
      <Card order={2} title="This broker">
        <Facts
          of={[
            ['Version', version],
            ['Node', node],
            ['Issuer', <CopyField key="i" value={issuer} what="the issuer" />],
            [
              'Discovery',
              <Anchor key="d" href="/.well-known/openid-configuration">
                /.well-known/openid-configuration
              </Anchor>,
            ],
            ['Started', <TimeAgo key="s" at={started_at} />],
            [
              'Database',
              `${database.kind === 'sqlite' ? 'SQLite' : 'PostgreSQL'}, ${database.migrated ? 'migrated' : 'migrations are missing'}`,
            ],
            ['Operators', operators_organization ?? 'by admin key only'],
            mocks > 0 && [
              'Mock partners',
              <LinkAnchor key="m" to="/mock-partners">
                {mocks}
              </LinkAnchor>,
            ],
          ]}
        />
      </Card>
      <Card order={2} title="Health" note="What /readyz asks.">
        <Facts
          of={checks.map(
            ({ name, ok }) =>
              [
                name,
                <Badge key={name} color={ok ? 'green' : 'red'}>
                  {ok ? 'in order' : 'not in order'}
                </Badge>,
              ] as const,
          )}
        />
        {write_installation && (
          <Text size="sm" mt="md">
            <LinkAnchor to="/system" search={{ tab: 'checks' }}>
              Look closer: clocks, certificates, unsafe settings
            </LinkAnchor>
          </Text>
        )}
      </Card>
    </div>
  );
}
