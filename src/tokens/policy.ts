import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import type { SignedInAccount } from './account.ts';
import { app_is_open_to, type IssuerClient, type IssuerDirectory } from './directory.ts';

const { Check, Prompt, base } = interactionPolicy;

/** When a person must go through sign-in again, and when consent is asked. `prompt=none` turns each into its error, here. */
export function make_policy(directory: IssuerDirectory): interactionPolicy.DefaultPolicy {
  const policy = base();
  const login = policy.get('login');
  const consent = policy.get('consent');
  if (login === undefined || consent === undefined) throw new TypeError('oidc-provider has changed its default policy');
  const again = (reason: string, description: string, needed: (ctx: KoaContextWithOIDC) => boolean | Promise<boolean>): void => {
    login.checks.add(
      new Check(reason, description, 'login_required', async (ctx) =>
        (await needed(ctx)) ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
      ),
    );
  };
  again('session_ended', 'the session has ended', (ctx) => ctx.oidc.session?.accountId !== undefined && ctx.oidc.account === undefined);
  again('organization', 'the session belongs to another organization', async (ctx) => {
    const organization = text(ctx, 'organization');
    if (organization === undefined || ctx.oidc.account === undefined) return false;
    return (await directory.organization_named(organization))?.id !== sign_in_of(ctx).org_id;
  });
  again('connection', 'the session came through another connection', (ctx) => {
    const connection = text(ctx, 'connection');
    return connection !== undefined && ctx.oidc.account !== undefined && sign_in_of(ctx).connection_id !== connection;
  });
  again('app_not_open', 'the session belongs to an organization that may not use this app', async (ctx) => {
    if (ctx.oidc.account === undefined) return false;
    const client = await client_of(ctx, directory);
    return client === undefined || !app_is_open_to(client, sign_in_of(ctx).org_id);
  });
  again('acr_values', 'the session was not authenticated in a requested context', (ctx) => {
    const wanted = text(ctx, 'acr_values');
    if (wanted === undefined || ctx.oidc.account === undefined || ctx.oidc.result?.login !== undefined) return false;
    return !wanted.split(' ').includes(sign_in_of(ctx).acr ?? '');
  });
  // whoever wants to choose an account signs in again: that is where one chooses
  policy.add(new Prompt({ name: 'select_account', requestable: true }), 0);
  // a native app of ours is known by its registration: no consent page for it either (RFC 8252 section 8.6)
  consent.checks.remove('native_client_prompt');
  // the check of the library's own would see the implied consent below
  consent.checks.remove('consent_prompt');
  consent.checks.add(
    new Check('consent_prompt', 'consent prompt was not resolved', 'consent_required', async (ctx) => {
      const asked = text(ctx, 'prompt')?.split(' ').includes('consent') === true;
      if (!asked || ctx.oidc.result?.consent !== undefined) return Check.NO_NEED_TO_PROMPT;
      // client libraries send it along with offline_access as a habit (OIDC Core 11): our own apps have no consent to ask
      return (await client_of(ctx, directory))?.first_party === true ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT;
    }),
  );
  return policy;
}

/** `organization` and `connection` must name what this app may use; anything else is answered alike. */
export function make_extra_params(
  directory: IssuerDirectory,
): Record<string, (ctx: KoaContextWithOIDC, value: string | undefined) => Promise<void>> {
  return {
    async organization(ctx, value) {
      if (value === undefined) return;
      const client = await client_of(ctx, directory);
      const organization = await directory.organization_named(value);
      if (client === undefined || organization === undefined || !organization.active || !app_is_open_to(client, organization.id))
        throw unknown('organization');
    },
    async connection(ctx, value) {
      if (value === undefined) return;
      const client = await client_of(ctx, directory);
      const connection = await directory.connection(value);
      if (client === undefined || connection === undefined || !connection.enabled || !app_is_open_to(client, connection.org_id))
        throw unknown('connection');
      if ((await directory.organization(connection.org_id))?.active !== true) throw unknown('connection');
      const organization = text(ctx, 'organization');
      if (organization !== undefined && (await directory.organization_named(organization))?.id !== connection.org_id)
        throw unknown('connection');
    },
    async domain_hint() {},
  };
}

const unknown = (parameter: string): Error => new errors.InvalidRequest(`unknown ${parameter}`);

/** After consent-like prompts: oidc-provider drops `offline_access` unless consent is asked, and first-party apps have none to ask. */
export function keep_offline_access(context_class: { prototype: object }): void {
  const inherited = Object.getOwnPropertyDescriptor(context_class.prototype, 'prompts')?.get;
  if (inherited === undefined) throw new TypeError('oidc-provider has changed how it reads prompt');
  Object.defineProperty(context_class.prototype, 'prompts', {
    configurable: true,
    get() {
      return new ImpliedConsent(inherited.call(this) as Set<string>); // the getter that is replaced answers a set of prompt values
    },
  });
}

/** The prompts of a request: consent counts as given, and is pending only when it was asked for. */
class ImpliedConsent extends Set<string> {
  override has(prompt: string): boolean {
    return prompt === 'consent' || super.has(prompt);
  }
}

const text = (ctx: KoaContextWithOIDC, name: string): string | undefined => {
  const value = ctx.oidc.params?.[name];
  return typeof value === 'string' ? value : undefined;
};

const sign_in_of = (ctx: KoaContextWithOIDC): SignedInAccount['sign_in'] => (ctx.oidc.account as SignedInAccount).sign_in; // find_account makes no other

async function client_of(ctx: KoaContextWithOIDC, directory: IssuerDirectory): Promise<IssuerClient | undefined> {
  const id = ctx.oidc.client?.clientId;
  return id === undefined ? undefined : directory.client(id);
}
