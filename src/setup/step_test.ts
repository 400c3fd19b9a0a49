import { send_page } from '../http/index.ts';
import { Conflict } from '../kernel/index.ts';
import { setup_test_page } from '../pages/index.ts';
import { chosen_guide, draft_of, is_given, own_draft } from './draft.ts';
import type { Guest } from './guest.ts';
import { called } from './guides/index.ts';
import { last_test, test_result } from './last_test.ts';
import { show_provider } from './step_provider.ts';
import { beside, type ShellOptions, shell_of } from './steps.ts';

export async function show_test(guest: Guest, options: ShellOptions = {}): Promise<void> {
  const { deps, visit, act, ctx } = guest;
  const guide = chosen_guide(guest);
  if (guide === undefined || (await draft_of(guest)) === undefined) return show_provider(guest, options);
  const test = await last_test(guest);
  const now = test?.state === 'passed' && !visit.draft.done.includes('test');
  const after = now ? { ...guest, visit: await deps.organizations.setup_visits.save(visit, {}, act, 'test') } : guest;
  const view = {
    guide_name: called(guide),
    test: test === undefined ? undefined : await test_result(guest, test),
    ...beside(guest, 'test'),
  };
  send_page(ctx, options.told?.status ?? 200, setup_test_page(view, shell_of(after, 'test', options), guest.frame));
}

/** In a tab of its own: a sign-in that makes nobody and ends here. */
export async function start_test(guest: Guest): Promise<string> {
  const { deps, visit, act } = guest;
  const { view, version } = await own_draft(guest);
  if (!is_given(view)) throw new Conflict('side_not_given', 'Give us your side first: there is nothing to try yet.');
  const { test_url, reference } = await deps.begin_test({ org_id: visit.org_id, connection_id: view.id }, act, '/setup/test');
  await deps.organizations.setup_visits.save(visit, { test: { reference, version } }, act);
  return test_url;
}
