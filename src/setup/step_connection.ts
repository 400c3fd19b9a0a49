import { send_page } from '../http/index.ts';
import { InvalidInput } from '../kernel/index.ts';
import { type SetupCheck, setup_connection_page } from '../pages/index.ts';
import { SECRETS, settings_patch, shown_values } from './connection_form.ts';
import { chosen_guide, draft_of, is_given, own_draft, settings_of, values_of } from './draft.ts';
import type { SetupForm } from './form.ts';
import type { Guest } from './guest.ts';
import { places_for } from './guide_view.ts';
import { called } from './guides/index.ts';
import { show_provider } from './step_provider.ts';
import { beside, type ShellOptions, shell_of } from './steps.ts';
import { other_slash } from './typed_issuer.ts';
import { in_portal_words, title_of } from './words.ts';

export async function show_connection(guest: Guest, options: ShellOptions = {}, form?: SetupForm): Promise<void> {
  const draft = await draft_of(guest);
  const guide = chosen_guide(guest);
  if (draft === undefined || guide === undefined) return show_provider(guest, options);
  const { view, version } = draft;
  const secret = SECRETS[view.protocol];
  const values = shown_values(view, form);
  const { back, next } = beside(guest, 'connection');
  const page = {
    protocol: view.protocol,
    guide_name: called(guide),
    // what kind of directory it is the guide knows already
    values: { ...(guide.vendor === 'active_directory' || guide.vendor === 'openldap' ? { vendor: guide.vendor } : {}), ...values },
    secret_stored: secret !== undefined && settings_of(view)[secret] !== undefined,
    labels: Object.fromEntries(guide.asks_back.map(({ label, field }) => [field.split('.').at(-1) ?? field, label])),
    jwks_uri: view.service_provider.jwks_uri,
    version,
    seen: is_given(view) ? seen_checks(guest, values_of(view)) : undefined,
    back,
    next: is_given(view) ? next : undefined,
  };
  send_page(guest.ctx, options.told?.status ?? 200, setup_connection_page(page, shell_of(guest, 'connection', options), guest.frame));
}

function seen_checks(guest: Guest, values: ReturnType<typeof values_of>): SetupCheck[] {
  const guide = chosen_guide(guest);
  return (guest.visit.draft.seen?.checks ?? []).map(({ name, ok, detail, fix }) => ({
    title: title_of(name),
    ok,
    detail: in_portal_words(detail),
    fix: fix === undefined ? undefined : in_portal_words(fix),
    where: ok || guide === undefined ? undefined : places_for(guide, name, values),
  }));
}

/** Asks the partner while somebody waits; what cannot be read changes nothing. */
export async function take_connection(guest: Guest, form: SetupForm): Promise<string> {
  const { deps, visit, act } = guest;
  const { view } = await own_draft(guest);
  const seen_version = Number(form.get('connection_version'));
  if (!Number.isSafeInteger(seen_version)) throw new InvalidInput('malformed_body', 'The form is not complete.', { status: 422 });
  const connections = deps.organizations.connections(visit.org_id);
  const settled = await with_either_slash(settings_patch(view, form), (settings) =>
    connections.settle(view.id, { [view.protocol]: settings }, act, seen_version, (tx) =>
      deps.organizations.setup_visits.still_open(tx, visit),
    ),
  );
  const { checks } = await connections.test(view.id, act);
  const seen = { version: settled.version, at: deps.now(), checks: checks.map(short) };
  const changed = settled.version !== seen_version;
  const done = visit.draft.done.filter((stage) => !changed || stage !== 'test');
  await deps.organizations.setup_visits.save(visit, { seen, done }, act, 'connection');
  return '/setup/connection#understood';
}

/** Providers differ in the slash at the end of their issuer. What was typed is told when neither can be read. */
async function with_either_slash<T>(settings: Settings, settle: (settings: Settings) => Promise<T>): Promise<T> {
  try {
    return await settle(settings);
  } catch (error) {
    const { issuer } = settings;
    if (!(error instanceof InvalidInput) || error.code !== 'partner_unreadable' || typeof issuer !== 'string') throw error;
    return settle({ ...settings, issuer: other_slash(issuer) }).catch(() => Promise.reject(error));
  }
}

type Settings = ReturnType<typeof settings_patch>;

const short = ({ name, ok, detail, fix }: { name: string; ok: boolean; detail: string; fix?: string }) => ({
  ...{ name, ok, detail: detail.slice(0, 2000) },
  ...(fix !== undefined && { fix: fix.slice(0, 2000) }),
});
