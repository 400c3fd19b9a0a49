import type { SyncDeps } from './directory/index.ts';
import type { InlineHooks, Verdict } from './events/index.ts';
import { LoginRefused, UpstreamFault } from './kernel/index.ts';
import type { LinkingDeps } from './linking/index.ts';
import type { LoginDeps } from './login/index.ts';
import { type AskTokenHook, token_refusal } from './tokens/index.ts';
import type { Users } from './users/index.ts';

interface Points {
  readonly before_user_created: NonNullable<LinkingDeps['ask_hook']>;
  readonly who_is_asked: NonNullable<SyncDeps['who_is_asked']>;
  readonly after_login: NonNullable<LoginDeps['after_login']>;
  readonly before_token: AskTokenHook;
}

/** What each room asks, in the words of the endpoints that are asked. */
export function inline_points({ ask, on_failure }: InlineHooks, users: Users): Points {
  return {
    async before_user_created({ org_id, connection_id, subject, person }) {
      const verdict = await ask('before_user_created', org_id, { source: 'sign_in', connection_id, subject, person });
      return verdict.action === 'continue' ? { allow: true, person: verdict.person } : { allow: false, error: refusal(verdict) };
    },
    async who_is_asked(org_id) {
      const unheard = await on_failure('before_user_created', org_id);
      if (unheard === undefined) return undefined;
      return {
        may_be_left_out: unheard === 'fail_open',
        async about({ connection_id, subject, person }) {
          const verdict = await ask('before_user_created', org_id, { source: 'sync', connection_id, subject, person });
          if (verdict.action === 'continue') return { allow: true, person: verdict.person };
          const { action, message, detail } = verdict;
          return { allow: false, why: action, problem: message === undefined ? detail : `${detail}: ${message}` };
        },
      };
    },
    async after_login({ org_id, user_id, ...login }) {
      const { view: user } = await users.users(org_id).get(user_id);
      const { id, user_name, email, email_verified, groups } = user;
      const about = { id, user_name, email, email_verified, groups: groups.map(({ display_name }) => display_name) };
      const verdict = await ask('after_login', org_id, { ...login, acr: login.acr ?? null, user: about });
      if (verdict.action !== 'continue') throw refusal(verdict);
    },
    async before_token({ sign_in, client_id, scopes }) {
      const { id, user_name, email } = sign_in.user;
      const { connection_id, amr, acr } = sign_in;
      const about = { client_id, scopes: [...scopes].sort(), connection_id, amr, acr: acr ?? null, user: { id, user_name, email } };
      const verdict = await ask('before_token', sign_in.org_id, about);
      if (verdict.action !== 'continue') throw token_refusal(verdict.action, verdict.message, verdict.detail);
      return verdict.claims;
    },
  };
}

/** What the person meets. */
function refusal({ action, message: said, detail }: Exclude<Verdict, { action: 'continue' }>): Error {
  if (action === 'deny') return new LoginRefused('denied', 'This sign-in was refused.', { said, detail });
  if (action === 'wait') return new LoginRefused('approval_pending', 'This sign-in waits for an approval.', { said, detail });
  return new UpstreamFault('check_failed', 'A check that this sign-in needs could not be made.', { detail });
}
