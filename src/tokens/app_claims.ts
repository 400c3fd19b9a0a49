import type { Provider } from 'oidc-provider';
import { extra_of } from './hook_claims.ts';

type Claims = Record<string, unknown>;

/** How an app wants its claims, as its registration says it. */
interface Wishes {
  readonly claims_preset?: unknown;
  readonly claim_mapping?: unknown;
}

interface Mapping {
  readonly rename?: Readonly<Record<string, string>>;
  readonly groups_prefix?: string;
  readonly groups_limit?: number;
}

/** ID token and userinfo alike say what the app's registration makes of the claims, after oidc-provider has left those that the request may see. */
export function say_in_the_words_of_the_app(provider: Provider): void {
  const prototype = (provider as unknown as { Claims: { prototype: ClaimsOfProvider } }).Claims.prototype; // a class its types leave out
  const masked = prototype.result;
  prototype.result = async function () {
    return { ...extra_of(this.available), ...in_the_words_of(this.client, await masked.call(this), this.available) };
  };
}

interface ClaimsOfProvider {
  readonly client: Wishes;
  /** Everything that is known of the sign-in. */
  readonly available: Claims;
  result(): Promise<Claims>;
}

/** The claims that a request may see, as this app knows them. `known`: the sign-in's own, for presets. */
export function in_the_words_of(app: Wishes, visible: Claims, known: Claims): Claims {
  const mapping = (app.claim_mapping ?? {}) as Mapping; // parsed when it was registered
  const claims = { ...visible, ...preset_claims(app.claims_preset, visible, known) };
  if (Array.isArray(claims['groups'])) Object.assign(claims, fewer_groups(claims['groups'].map(String), mapping));
  const names: ReadonlyMap<string, string> = new Map(Object.entries(mapping.rename ?? {}));
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [names.get(name) ?? name, value]));
}

function fewer_groups(groups: readonly string[], { groups_prefix = '', groups_limit }: Mapping): Claims {
  const wanted = groups.filter((name) => name.startsWith(groups_prefix));
  if (groups_limit === undefined || wanted.length <= groups_limit) return { groups: wanted };
  return { groups: wanted.slice(0, groups_limit), groups_overage: true };
}

/** The organization as apps know it that come from another provider; nothing where the token says no organization. */
function preset_claims(preset: unknown, visible: Claims, known: Claims): Claims {
  const { org_id, org_slug } = known;
  if (typeof org_id !== 'string' || !Object.hasOwn(visible, 'org_id')) return {};
  const slug = String(org_slug);
  // Auth0: `org_name` is the name that stands in addresses, not the one for display
  if (preset === 'auth0') return { org_name: slug };
  // Keycloak 26, with the id switched on in its mapper
  if (preset === 'keycloak') return { organization: { [slug]: { id: org_id } } };
  if (preset !== 'logto') return {};
  const roles = Array.isArray(visible['roles']) ? visible['roles'].map((role) => `${org_id}:${String(role)}`) : undefined;
  return { organizations: [org_id], ...(roles !== undefined && { organization_roles: roles }) };
}
