import { Badge } from '@mantine/core';
import type { Schemas } from '../../../api/client.ts';

type Target = Schemas['SCIMTarget'];
const states: Readonly<Record<Target['state'], readonly [word: string, color: string]>> = {
  ok: ['in step', 'green'],
  off: ['off', 'gray'],
  paused: ['paused', 'yellow'],
  failing: ['failing', 'red'],
};

export function TargetState({ target: { state } }: { readonly target: Target }) {
  return <Badge color={states[state][1]}>{states[state][0]}</Badge>;
}
