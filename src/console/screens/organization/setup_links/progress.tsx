import { Text } from '@mantine/core';
import type { Schemas } from '../../../api/client.ts';

type SetupLink = Schemas['SetupLink'];
type Stage = SetupLink['progress']['done'][number];

/** What each part of a link leads through, in the order of the portal. */
const stages: Readonly<Record<SetupLink['steps'][number], readonly Stage[]>> = {
  domain: ['domain'],
  connection: ['provider', 'vendor', 'connection', 'mapping', 'test'],
  scim: ['scim'],
};
const names: Readonly<Record<Stage, string>> = {
  domain: 'domain proven',
  provider: 'provider chosen',
  vendor: 'their side done',
  connection: 'connected',
  mapping: 'attributes mapped',
  test: 'tested',
  scim: 'SCIM set up',
  review: 'reviewed',
};

/** How far the partner is. */
export function Progress({ link: { steps, progress } }: { readonly link: SetupLink }) {
  const all: readonly Stage[] = [...steps.flatMap((step) => stages[step]), 'review'];
  const done = all.filter((stage) => progress.done.includes(stage));
  const last = done.at(-1);
  return (
    <div style={{ minInlineSize: '8rem' }}>
      <span className="pips" role="img" aria-label={`${done.length} of ${all.length} steps done`}>
        {all.map((stage) => (
          <i key={stage} data-done={progress.done.includes(stage)} />
        ))}
      </span>
      <Text size="sm" c="dimmed">
        {last === undefined ? 'not begun' : names[last]}
        {progress.guide !== null && `, ${progress.guide.replaceAll(/[_-]/g, ' ')}`}
      </Text>
    </div>
  );
}
