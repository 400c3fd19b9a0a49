import { send_page } from '../http/index.ts';
import { NotFound } from '../kernel/index.ts';
import type { ConnectionView } from '../organizations/index.ts';
import { type SetupManagedConnection, type SetupSignIn, setup_manage_page, setup_sign_in_page } from '../pages/index.ts';
import { connections_in_use } from './connections_in_use.ts';
import { settings_of } from './draft.ts';
import { line, type SetupForm } from './form.ts';
import type { Guest } from './guest.ts';
import { scim_state } from './step_scim.ts';
import { type ShellOptions, shell_of } from './steps.ts';
import { in_portal_words, title_of } from './words.ts';

const SOON_DAYS = 30;
const SIGN_INS = 25;

/** What is in use, looked after behind a fresh link. */
export async function show_manage(guest: Guest, options: ShellOptions = {}, new_token?: string): Promise<void> {
  const { deps, visit } = guest;
  const { organizations } = deps;
  const [health, connections, contacts, scim] = await Promise.all([
    organizations.health(visit.org_id),
    connections_in_use(guest),
    organizations.contacts(visit.org_id).list({ limit: 50 }),
    visit.steps.includes('scim') ? scim_state(guest) : undefined,
  ]);
  const view = {
    health: health.items.map(({ name, level, detail, fix }) => ({
      ...{ title: title_of(name), level, detail: in_portal_words(detail) },
      fix: fix === null ? undefined : in_portal_words(fix),
    })),
    connections: connections.map((connection) => managed(connection)),
    scim: scim === undefined ? undefined : { ...scim, new_token },
    contacts: contacts.data.map(({ id, email, name }) => ({ id, email, name: name ?? undefined })),
    sign_ins: await sign_ins(guest),
  };
  send_page(guest.ctx, options.told?.status ?? 200, setup_manage_page(view, shell_of(guest, 'manage', options), guest.frame));
}

function managed({ id, name, protocol, trust, service_provider, ...view }: ConnectionView): SetupManagedConnection {
  const { metadata_url } = settings_of({ ...view, id, name, protocol, service_provider });
  const { acs_url, entity_id, redirect_uri } = service_provider;
  const ours: readonly (readonly [string, string | undefined])[] = [
    ['Assertion consumer service', acs_url],
    ['Entity ID', entity_id],
    ['Redirect URI', redirect_uri],
  ];
  return {
    ...{ id, name },
    certificates: (trust?.certificates ?? []).map((one) => ({
      ...{ subject: one.subject, sha256: one.sha256, until: one.not_after.slice(0, 10) },
      ends_soon: one.days_left < SOON_DAYS,
    })),
    renewal: protocol !== 'saml' ? 'none' : metadata_url === undefined ? 'add' : 'published',
    ours: ours.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }])),
  };
}

async function sign_ins({ deps, visit }: Guest): Promise<SetupSignIn[]> {
  if (!visit.steps.includes('connection')) return [];
  const { data } = await deps.audit.list_traces({ organization_id: visit.org_id, limit: SIGN_INS });
  return data.map(sign_in_of);
}

interface Summary {
  readonly reference: string;
  readonly purpose: 'login' | 'test';
  readonly outcome: SetupSignIn['outcome'];
  readonly code: string | null;
  readonly started_at: string;
}

const sign_in_of = ({ reference, purpose, outcome, code, started_at }: Summary): SetupSignIn => ({
  ...{ reference, outcome, at: new Date(started_at) },
  words: `${purpose === 'test' ? 'A test. ' : ''}${code === null ? '' : `${title_of(code)}. `}Reference ${reference}`,
});

/** One sign-in of the own organization; who it was stays masked. @throws NotFound */
export async function show_sign_in(guest: Guest): Promise<void> {
  const { deps, visit, ctx } = guest;
  if (!visit.steps.includes('connection')) throw new NotFound('page');
  const reference = ctx.path.split('/')[4] ?? '';
  const trace = await deps.audit.find_trace(reference, { personal: false, org_id: visit.org_id });
  const checks = trace.steps.map(({ name, ok, detail, fix }) => ({
    ...{ title: title_of(name), ok, detail: in_portal_words(detail) },
    fix: fix === undefined ? undefined : in_portal_words(fix),
  }));
  send_page(ctx, 200, setup_sign_in_page({ sign_in: sign_in_of(trace), checks }, shell_of(guest, 'manage'), guest.frame));
}

/** Trusted beside those that are there. @throws NotFound for what is not of this organization, or not in use */
export async function add_certificate(guest: Guest, form: SetupForm): Promise<string> {
  const { deps, visit, act } = guest;
  const found = (await connections_in_use(guest)).find(({ id }) => id === form.get('connection'));
  if (found === undefined) throw new NotFound('connection');
  await deps.organizations.connections(visit.org_id).add_certificate(found.id, { pem: line(form, `pem-${found.id}`) }, act);
  return '/setup/manage';
}

export async function add_contact({ deps, visit, act }: Guest, form: SetupForm): Promise<string> {
  await deps.organizations.contacts(visit.org_id).create({ email: line(form, 'email') }, act);
  return '/setup/manage#contacts';
}

export async function remove_contact({ deps, visit, act }: Guest, form: SetupForm): Promise<string> {
  await deps.organizations.contacts(visit.org_id).remove(line(form, 'contact'), act);
  return '/setup/manage#contacts';
}
