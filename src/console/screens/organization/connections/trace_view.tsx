import { Group, Stack, Text } from '@mantine/core';
import type { Schemas } from '../../../api/client.ts';
import { Card } from '../../../components/card.tsx';
import { CopyField } from '../../../components/copy_field.tsx';
import { HealthList } from '../../../components/health_list.tsx';
import { JsonView } from '../../../components/json_view.tsx';
import { StatusBadge } from '../../../components/status_badge.tsx';
import { vouched_for } from '../../../components/vouched_for.ts';

/** One sign-in: each check ticked or crossed, what to do about a cross, and what the partner sent. */
export function TraceView({ trace }: { readonly trace: Schemas['LoginTrace'] }) {
  const { steps, outcome, code, personal, reference } = trace;
  return (
    <Stack gap="md">
      <Card
        title={
          <Group gap="xs" component="span">
            Result <StatusBadge status={outcome} />
          </Group>
        }
        note={code === null ? undefined : <code className="mono">{code}</code>}
        actions={<CopyField value={reference} what="the reference" />}
        flush
      >
        <HealthList
          label="Checks of this sign-in"
          checks={steps.map(({ name, ok, detail, fix }, at) => ({
            key: `${at} ${name}`,
            state: ok ? 'good' : 'bad',
            name: name.replaceAll('_', ' '),
            detail,
            fix: ok || fix === undefined ? undefined : <strong>{fix}</strong>,
          }))}
        />
      </Card>
      {personal != null && (
        <Card
          title={vouched_for(personal) ? 'What the partner sent, and who that would be' : 'What the partner sent, not verified'}
          note={vouched_for(personal) ? undefined : 'The sign-in was refused: nobody vouches for this, and nothing uses it.'}
        >
          <JsonView value={personal} label="what the partner sent" />
        </Card>
      )}
      {steps.length === 0 && <Text c="dimmed">Nothing has happened yet.</Text>}
    </Stack>
  );
}
