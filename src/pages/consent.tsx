import { document, type Frame, words } from './frame.tsx';
import type { MessageKey } from './messages/en.ts';
import { Account, type Csrf, Form, Shape } from './parts.tsx';

export interface ConsentView {
  readonly action: string;
  readonly csrf: Csrf;
  readonly app_name: string;
  readonly user?: string | undefined;
  /** Scopes by name; those of API resources bring their own description. */
  readonly scopes: readonly { readonly name: string; readonly description?: string | undefined }[];
}

const known = new Map<string, MessageKey>([
  ['openid', 'scope.openid'],
  ['profile', 'scope.profile'],
  ['email', 'scope.email'],
  ['groups', 'scope.groups'],
  ['roles', 'scope.roles'],
  ['offline_access', 'scope.offline_access'],
]);

/** May this app use the account: posts `decision` = `allow` or `deny`. S7. */
export function consent_page(view: ConsentView, frame: Frame): string {
  const t = words(frame);
  const app = view.app_name;
  const title = t('consent.title', { app });
  const body = (
    <>
      <h1>{title}</h1>
      <Account user={view.user} t={t} />
      <p>{t('consent.lead', { app })}</p>
      <ul className="rows">
        {view.scopes.map((scope) => {
          const key = known.get(scope.name);
          return (
            <li key={scope.name} className="row top">
              <Shape name="check" tone="good" />
              <span className="grow">{scope.description ?? (key === undefined ? scope.name : t(key))}</span>
            </li>
          );
        })}
      </ul>
      <p className="fine">{t('consent.trust', { app })}</p>
      <Form action={view.action} csrf={view.csrf}>
        <div className="actions">
          <button name="decision" value="allow">
            {t('consent.allow')}
          </button>
          <button className="quiet" name="decision" value="deny">
            {t('consent.deny')}
          </button>
        </div>
      </Form>
    </>
  );
  return document(frame, { title, body });
}
