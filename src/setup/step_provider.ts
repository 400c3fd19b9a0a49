import { send_page } from '../http/index.ts';
import { InvalidInput } from '../kernel/index.ts';
import { type SetupVendor, setup_provider_page, setup_vendor_page } from '../pages/index.ts';
import { chosen_guide, draft_of, own_draft, unfilled, values_of } from './draft.ts';
import { line, type SetupForm } from './form.ts';
import type { Guest } from './guest.ts';
import { guide_view } from './guide_view.ts';
import { type Guide, guide_of, guides, type Vendor, VENDORS } from './guides/index.ts';
import { beside, type ShellOptions, shell_of } from './steps.ts';

const PROTOCOLS = { saml: 'SAML', oidc: 'OpenID Connect', ldap: 'LDAP' } as const;
type SignInGuide = Guide & { readonly protocol: keyof typeof PROTOCOLS };
const is_sign_in = (guide: Guide): guide is SignInGuide => guide.protocol !== 'scim';

export function show_provider(guest: Guest, options: ShellOptions = {}): void {
  const view = {
    vendors: vendors(),
    chosen: chosen_guide(guest)?.id,
    ...beside(guest, 'provider'),
    ...(chosen_guide(guest) === undefined && { next: undefined }),
  };
  send_page(guest.ctx, options.told?.status ?? 200, setup_provider_page(view, shell_of(guest, 'provider', options), guest.frame));
}

function vendors(): SetupVendor[] {
  const known = Object.entries(VENDORS) as [Vendor, string][]; // the keys of the list
  return known.flatMap(([vendor, name]) => {
    const ways = guides.filter((guide): guide is SignInGuide => guide.vendor === vendor && is_sign_in(guide));
    const several = (guide: SignInGuide): boolean => ways.some((other) => other !== guide && other.protocol === guide.protocol);
    if (ways.length === 0) return [];
    return [{ name, ways: ways.map((guide) => ({ guide: guide.id, label: several(guide) ? guide.name : PROTOCOLS[guide.protocol] })) }];
  });
}

/** Makes the connection at once, switched off and leading nowhere: so that its addresses are real in the steps that follow. */
export async function take_provider(guest: Guest, form: SetupForm): Promise<string> {
  const guide = guide_of(line(form, 'guide'));
  if (guide === undefined || !is_sign_in(guide)) throw new InvalidInput('unknown_guide', 'Choose one of these.', { status: 422 });
  const { deps, visit, act, organization } = guest;
  const connections = deps.organizations.connections(visit.org_id);
  const before = await draft_of(guest);
  const name = `${organization.name} ${VENDORS[guide.vendor].replace(/^Any other /, '')}`.slice(0, 255);
  const keeps = before?.view.protocol === guide.protocol && !before.view.enabled;
  if (keeps) await connections.update(before.view.id, { name }, act, before.version);
  // another way of signing in is another connection; what is in use is none of a draft's
  else if (before !== undefined && !before.view.enabled) await connections.remove(before.view.id, act, before.version);
  const connection_id = keeps
    ? before.view.id
    : (await connections.create({ protocol: guide.protocol, name, enabled: false, [guide.protocol]: unfilled[guide.protocol] }, act)).view
        .id;
  const done = visit.draft.done.filter((stage) => stage === 'domain' || stage === 'scim' || (keeps && stage !== 'test'));
  const change = { guide: guide.id, connection_id, done, ...(!keeps && { seen: null, test: null }) };
  await deps.organizations.setup_visits.save(visit, change, act, 'provider');
  return '/setup/vendor';
}

export async function show_vendor(guest: Guest, options: ShellOptions = {}): Promise<void> {
  const guide = chosen_guide(guest);
  const draft = await draft_of(guest);
  if (guide === undefined || draft === undefined) return show_provider(guest, options);
  const { metadata_url } = draft.view.service_provider;
  const view = {
    guide: guide_view(guide, values_of(draft.view)),
    downloads: metadata_url === undefined ? [] : [{ label: 'Our metadata (XML)', href: metadata_url }],
    ...beside(guest, 'vendor'),
  };
  send_page(guest.ctx, options.told?.status ?? 200, setup_vendor_page(view, shell_of(guest, 'vendor', options), guest.frame));
}

export async function leave_vendor(guest: Guest): Promise<string> {
  await own_draft(guest);
  await guest.deps.organizations.setup_visits.save(guest.visit, {}, guest.act, 'vendor');
  return '/setup/connection';
}
