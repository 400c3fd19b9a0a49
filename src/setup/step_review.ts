import { send_page } from '../http/index.ts';
import { Conflict } from '../kernel/index.ts';
import { setup_done_page, type SetupDoneView, setup_review_page, type SetupReviewView } from '../pages/index.ts';
import { chosen_guide, draft_of, is_given, own_draft } from './draft.ts';
import type { Guest } from './guest.ts';
import { called } from './guides/index.ts';
import { last_test } from './last_test.ts';
import { scim_state } from './step_scim.ts';
import { beside, type ShellOptions, shell_of } from './steps.ts';

type Point = SetupReviewView['points'][number];

export async function show_review(guest: Guest, options: ShellOptions = {}): Promise<void> {
  const points = await points_of(guest);
  const view = { points, back: beside(guest, 'review').back, action: action_of(guest), ready: is_ready(points) };
  send_page(guest.ctx, options.told?.status ?? 200, setup_review_page(view, shell_of(guest, 'review', options), guest.frame));
}

const action_of = ({ visit }: Guest): SetupReviewView['action'] =>
  !visit.steps.includes('connection') ? 'finish' : visit.requires_approval ? 'hand_over' : 'activate';

const is_ready = (points: readonly Point[]): boolean => points.every(({ ok, must }) => ok || !must);

async function points_of(guest: Guest): Promise<Point[]> {
  const { visit } = guest;
  const points: Point[] = [];
  if (visit.steps.includes('domain')) {
    const proven = await proven_domains(guest);
    const detail = proven.length === 0 ? 'No domain is proven yet: nobody can be led to your sign-in.' : proven.join(', ');
    points.push({ title: 'Your domain', ok: proven.length > 0, detail, href: '/setup/domain', must: true });
  }
  if (visit.steps.includes('connection')) points.push(...(await connection_points(guest)));
  if (visit.steps.includes('scim')) {
    const { tokens } = await scim_state(guest);
    const arrived = tokens.some(({ last_used_at }) => last_used_at !== undefined);
    const detail = tokens.length === 0 ? 'Not set up.' : arrived ? 'Requests arrive.' : 'A token was made; no request has arrived yet.';
    points.push({ title: 'SCIM', ok: tokens.length > 0, detail, href: '/setup/scim', must: false });
  }
  return points;
}

async function connection_points(guest: Guest): Promise<Point[]> {
  const draft = await draft_of(guest);
  const given = draft !== undefined && is_given(draft.view);
  const test = await last_test(guest);
  const states = {
    passed: 'Passed with the settings of now.',
    stale: 'It passed, but settings have changed since: try again.',
    failed: 'The last one did not pass.',
    waiting: 'One has begun and is not finished.',
  };
  return [
    {
      ...{ title: 'Your identity provider', ok: given, must: true },
      detail: given ? `${draft.view.name} (${draft.view.protocol.toUpperCase()})` : 'We do not know your side yet.',
      href: draft === undefined ? '/setup/provider' : '/setup/connection',
    },
    {
      ...{ title: 'Test sign-in', ok: test?.state === 'passed', must: true },
      detail: test === undefined ? 'None yet: one has to pass first.' : states[test.state],
      href: '/setup/test',
    },
  ];
}

async function proven_domains({ deps, visit }: Guest): Promise<string[]> {
  const { data } = await deps.organizations.domains(visit.org_id).list({ limit: 50, filters: { status: 'verified' } });
  return data.map(({ domain }) => domain);
}

/** Switches on exactly what was tried, or hands it over; after that the link changes nothing any more. */
export async function take_review(guest: Guest): Promise<string> {
  const { deps, visit, act } = guest;
  if (!is_ready(await points_of(guest))) throw new Conflict('not_ready', 'Something is missing still: see below. Nothing was switched on.');
  const action = action_of(guest);
  const { setup_visits } = deps.organizations;
  if (action !== 'finish') {
    const { view } = await own_draft(guest);
    // a change since the test makes this fail: it is the version that was tried
    if (action === 'activate')
      await deps.organizations.connections(visit.org_id).update(view.id, { enabled: true }, act, visit.draft.test?.version);
  }
  const reviewed = await setup_visits.save(visit, {}, act, 'review');
  await setup_visits.finish(reviewed, act, action === 'hand_over' ? 'requested' : 'none');
  return '/setup/done';
}

export async function show_done(guest: Guest): Promise<void> {
  const { visit } = guest;
  const outcome: SetupDoneView['outcome'] =
    action_of(guest) === 'finish' ? 'nothing_to_switch_on' : visit.approval === 'requested' ? 'handed_over' : 'active';
  const view = { outcome, letter: outcome === 'nothing_to_switch_on' ? undefined : letter_of(guest, await proven_domains(guest)) };
  send_page(guest.ctx, 200, setup_done_page(view, shell_of(guest, 'done'), guest.frame));
}

function letter_of(guest: Guest, domains: readonly string[]): string {
  const { organization, deps } = guest;
  const vendor = deps.vendor_name;
  const guide = chosen_guide(guest);
  const provider = guide === undefined || called(guide) !== guide.name ? '' : ` (${guide.name.replace(/ \(.*\)$/, '')})`;
  const address = domains[0] === undefined ? 'your work e-mail address' : `your work e-mail address (you@${domains[0]})`;
  return [
    `Subject: A simpler sign-in at ${vendor}`,
    '',
    `From now on you sign in at ${vendor} with your ${organization.name} account. You need no other password there.`,
    '',
    '1. Open the application as usual and choose to sign in.',
    `2. Enter ${address}.`,
    `3. You are taken to our sign-in${provider}. If you are signed in already, you are through at once.`,
    '',
    'If it does not work, send the reference on the page to our IT help desk.',
  ].join('\n');
}
