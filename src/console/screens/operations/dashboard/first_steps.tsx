import { Group } from '@mantine/core';
import type { Schemas } from '../../../api/client.ts';
import { use_rights } from '../../../api/use_session.ts';
import { Card } from '../../../components/card.tsx';
import { Empty } from '../../../components/empty.tsx';
import { LinkButton } from '../../../components/links.tsx';

/** An installation without a partner has no figures yet: says where to begin. */
export function FirstSteps({ stats }: { readonly stats: Schemas['Stats'] | undefined }) {
  const { write_installation } = use_rights();
  const { active, suspended } = stats?.organizations ?? { active: 1, suspended: 0 };
  if (!write_installation || active + suspended > 0) return null;
  return (
    <Card flush>
      <Empty
        icon="building"
        title="No partner yet"
        action={
          <Group justify="center">
            <LinkButton to="/organizations/new">Make the first organization</LinkButton>
            <LinkButton to="/apps/new" variant="default">
              Register an app
            </LinkButton>
          </Group>
        }
      >
        Make an organization for the partner company, then send its administrator a set-up link: it leads them through the rest.
      </Empty>
    </Card>
  );
}
