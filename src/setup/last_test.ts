import { z } from 'zod';
import type { TraceView } from '../audit/index.ts';
import { NotFound } from '../kernel/index.ts';
import type { SetupTestResult } from '../pages/index.ts';
import { chosen_guide, draft_of, values_of } from './draft.ts';
import type { Guest } from './guest.ts';
import { places_for } from './guide_view.ts';
import { in_portal_words, title_of } from './words.ts';

type Named = SetupTestResult['values'];

/** What the partner said at a test, as it was sealed with its trace. */
const said = z.looseObject({
  subject: z.string().optional(),
  subject_format: z.string().optional(),
  attributes: z.record(z.string(), z.array(z.string())).optional(),
  user: z.record(z.string(), z.unknown()).optional(),
  /** Of a message that was refused: nobody vouches for it. */
  unverified: z.record(z.string(), z.unknown()).optional(),
});

export interface LastTest {
  readonly trace: TraceView;
  readonly state: SetupTestResult['state'];
  readonly said: z.output<typeof said>;
}

/** The last test sign-in of this link; it counts only for the settings that it tried. */
export async function last_test(guest: Guest): Promise<LastTest | undefined> {
  const { deps, visit } = guest;
  const { test } = visit.draft;
  const draft = await draft_of(guest);
  if (test === null || draft === undefined) return undefined;
  try {
    const trace = await deps.audit.find_trace(test.reference, { personal: true, org_id: visit.org_id });
    if (trace.purpose !== 'test' || trace.connection_id !== draft.view.id) return undefined;
    const state =
      trace.outcome === 'pending'
        ? 'waiting'
        : trace.outcome !== 'succeeded'
          ? 'failed'
          : test.version === draft.version
            ? 'passed'
            : 'stale';
    return { trace, state, said: said.catch({}).parse(trace.personal ?? {}) };
  } catch (error) {
    if (error instanceof NotFound) return undefined; // kept for some weeks only
    throw error;
  }
}

/** For the page: each check with what to change in this vendor's console. */
export async function test_result(guest: Guest, { trace, state, said: told }: LastTest): Promise<SetupTestResult> {
  const guide = chosen_guide(guest);
  const values = values_of((await draft_of(guest))?.view);
  const places = (name: string): ReturnType<typeof places_for> => (guide === undefined ? [] : places_for(guide, name, values));
  const crossed = trace.steps.filter(({ ok }) => !ok);
  // how it ended says nothing that a crossed check did not say more exactly
  const steps = crossed.length > 1 ? trace.steps.filter(({ ok, name }) => ok || name !== 'outcome') : trace.steps;
  const { user, unverified, ...rest } = told;
  return {
    state,
    reference: trace.reference,
    at: new Date(trace.finished_at ?? trace.started_at),
    checks: steps.map(({ name, ok, detail, fix }) => ({
      title: title_of(name),
      ok,
      detail: in_portal_words(detail),
      fix: fix === undefined ? undefined : in_portal_words(fix),
      where: ok ? undefined : places(name),
    })),
    values: named(unverified ?? rest),
    unverified: unverified !== undefined,
    user: user === undefined ? undefined : named(user),
  };
}

/** One level: `decoded.issuer`, and the person's attributes under their own names. */
export function named(object: Readonly<Record<string, unknown>>, prefix = ''): Named {
  return Object.entries(object).flatMap(([name, value]): Named => {
    if (value === undefined || value === null) return [];
    const inside = name === 'attributes' && prefix === '' ? '' : `${prefix}${name}.`;
    if (typeof value === 'object' && !Array.isArray(value)) return named({ ...value }, inside);
    return [{ name: `${prefix}${name}`, values: (Array.isArray(value) ? value : [value]).map(text_of).slice(0, 50) }];
  });
}

const text_of = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 2000);
