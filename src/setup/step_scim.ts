import { send_page } from '../http/index.ts';
import { Conflict } from '../kernel/index.ts';
import { type SetupScimToken, setup_scim_page } from '../pages/index.ts';
import { chosen_guide, draft_of, values_of } from './draft.ts';
import { line, type SetupForm } from './form.ts';
import type { Guest } from './guest.ts';
import { guide_view } from './guide_view.ts';
import { type Guide, guides } from './guides/index.ts';
import { beside, type ShellOptions, shell_of } from './steps.ts';

const MOST = 10;
const DIALECTS: Readonly<Record<string, string>> = { okta: 'okta', entra: 'entra' };

const tokens_of = ({ deps, visit }: Guest) => deps.scim_tokens(visit.org_id);

/** `new_token`: shown by this answer and by no other. */
export async function show_scim(guest: Guest, options: ShellOptions = {}, new_token?: string): Promise<void> {
  const guide = scim_guide(guest);
  const { base_url, tokens } = await scim_state(guest);
  const view = {
    base_url,
    tokens,
    new_token,
    guide:
      guide === undefined
        ? undefined
        : guide_view(guide, { ...values_of(undefined), scim_base_url: base_url, scim_token: new_token ?? '' }),
    note: guide === undefined ? note_of(chosen_guide(guest)) : undefined,
    ...beside(guest, 'scim'),
  };
  send_page(guest.ctx, options.told?.status ?? 200, setup_scim_page(view, shell_of(guest, 'scim', options), guest.frame));
}

/** The vendor's own way of pushing people, beside how they sign in. */
const scim_guide = (guest: Guest): Guide | undefined => {
  const chosen = chosen_guide(guest);
  return chosen === undefined ? undefined : guides.find(({ vendor, protocol }) => vendor === chosen.vendor && protocol === 'scim');
};

function note_of(chosen: Guide | undefined): string {
  if (chosen?.vendor === 'google') return 'Google Workspace sends no SCIM of its own to other applications: leave this out.';
  if (chosen?.protocol === 'ldap')
    return 'A directory sends no SCIM by itself: leave this out unless you have a product beside it that does.';
  return 'Enter both in your product, where it asks for a SCIM 2.0 address and a bearer token.';
}

export async function scim_state(guest: Guest): Promise<{ base_url: string; tokens: readonly SetupScimToken[] }> {
  const { deps, visit } = guest;
  const { data } = await tokens_of(guest).list({ limit: 50 });
  return {
    base_url: data[0]?.base_url ?? `${deps.issuer_url.replace(/\/$/, '')}/scim/${visit.org_id}/v2`,
    tokens: data.map(({ id, name, created_at, last_used_at }) => ({
      ...{ id, name, created_at: new Date(created_at) },
      last_used_at: last_used_at === null ? undefined : new Date(last_used_at),
    })),
  };
}

/** Several are valid at once, so that a new one can take the place of another without a gap. */
export async function make_token(guest: Guest): Promise<string> {
  const { deps, act } = guest;
  if ((await tokens_of(guest).list({ limit: MOST })).data.length >= MOST)
    throw new Conflict('too_many_tokens', `There are ${MOST} tokens already: remove one first.`);
  const chosen = chosen_guide(guest);
  const connection_id = (await draft_of(guest))?.view.id ?? null;
  const body = {
    name: `${chosen === undefined ? 'SCIM' : chosen.name.replace(/ \(.*\)$/, '')} ${new Date(deps.now()).toISOString().slice(0, 10)}`,
    dialect: DIALECTS[chosen?.vendor ?? ''] ?? 'auto',
    connection_id,
  };
  const { view } = await tokens_of(guest).create(body, act);
  return view.token;
}

export async function remove_token(guest: Guest, form: SetupForm): Promise<void> {
  await tokens_of(guest).remove(line(form, 'token'), guest.act);
}

export async function leave_scim(guest: Guest): Promise<string> {
  const { deps, visit, act } = guest;
  const { tokens } = await scim_state(guest);
  if (tokens.length > 0) await deps.organizations.setup_visits.save(visit, {}, act, 'scim');
  return '/setup/review';
}
