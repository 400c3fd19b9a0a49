import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import type { Schemas } from '../../api/client.ts';
import { Card } from '../../components/card.tsx';
import { Facts } from '../../components/facts.tsx';
import { LinkButton } from '../../components/links.tsx';
import { PageHead } from '../../components/page_head.tsx';
import { save_text } from '../../components/save_text.ts';
import { moment } from '../../components/time_ago.tsx';

type Run = Schemas['OffboardingRun'];

/** How far the end of a partner is, and its receipt. */
export const Ending = ({ of }: { readonly of: Run }) => (of.status === 'done' ? <Receipt of={of} /> : <Erasing of={of} />);

function Erasing({ of: { name, users_total, users_erased } }: { readonly of: Run }) {
  return (
    <>
      <PageHead title={`${name} is being off-boarded`} lead="Access has ended. Its people are erased one by one, also from the record." />
      <Card title="Erasing">
        <Stack gap="sm" role="status" maw="32rem">
          <Progress value={users_total === 0 ? 100 : (100 * users_erased) / users_total} aria-label="Progress" />
          <Text size="sm">
            {users_erased} of {users_total} people erased
          </Text>
          <Text size="sm" c="dimmed">
            This goes on without you: you may leave this page, and come back for the receipt. It also goes on when a server is restarted.
          </Text>
        </Stack>
      </Card>
    </>
  );
}

function Receipt({ of }: { readonly of: Run }) {
  const { name, slug, organization_id, users_erased, events_emptied, finished_at } = of;
  const receipt = { organization_id, slug, users_erased, events_emptied };
  return (
    <>
      <PageHead title={`${name} is off-boarded`} lead="What was kept of it was downloaded once more before it was erased." />
      <Card title="Receipt">
        <Stack>
          <Facts
            of={[
              [
                'Organization',
                <code className="mono" key="id">
                  {slug} · {organization_id}
                </code>,
              ],
              ['People erased', String(users_erased)],
              ['Audit events emptied of names', String(events_emptied ?? 0)],
              ['Done', finished_at === null ? '' : moment(finished_at)],
            ]}
          />
          <Group>
            <Button variant="default" onClick={() => save_text('receipt.json', JSON.stringify(receipt, null, 2), 'application/json')}>
              Download the receipt
            </Button>
            <LinkButton to="/organizations">All organizations</LinkButton>
          </Group>
        </Stack>
      </Card>
    </>
  );
}
