import type { ReactNode } from 'react';
import { safe_link, web_address } from './brand.ts';
import { document, type Frame, words } from './frame.tsx';
import { type Csrf, Form, Icon, Problem, problem_of } from './parts.tsx';
import type { Translate } from './translate.ts';

export interface PasswordView {
  readonly action: string;
  readonly csrf: Csrf;
  readonly organization_name: string;
  readonly username?: string | undefined;
  /** A public error code; `invalid_credentials` for every reason that must not be told. */
  readonly error?: string | undefined;
  /** Of the try that failed. */
  readonly reference?: string | undefined;
  /** The organization's own place for forgotten passwords. */
  readonly forgot_url?: string | undefined;
  readonly other_url?: string | undefined;
}

export interface PasswordExpiredView {
  readonly organization_name: string;
  readonly reason: 'expired' | 'must_change';
  /** Where the organization lets people change it. */
  readonly change_url?: string | undefined;
  readonly reference?: string | undefined;
  readonly retry_url?: string | undefined;
}

/** The password form of an organization: posts `username` and `password`. Paste and password managers work (WCAG 3.3.8). S4. */
export function password_page(view: PasswordView, frame: Frame): string {
  const t = words(frame);
  const title = t('password.title', { organization: view.organization_name });
  const named = view.username !== undefined && view.username !== '';
  const fresh = view.error === undefined;
  const forgot = safe_link(view.forgot_url);
  const other = web_address(view.other_url);
  const body = (
    <>
      <h1>{title}</h1>
      <p className="lead">{t('password.lead')}</p>
      <Problem code={view.error} t={t} />
      <Form action={view.action} csrf={view.csrf}>
        <div className="field">
          <label htmlFor="username">{t('password.username')}</label>
          <input
            id="username"
            name="username"
            type="text"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={320}
            required
            autoFocus={fresh && !named}
            defaultValue={view.username}
            {...problem_of(view.error)}
          />
        </div>
        <div className="field">
          <div className="line">
            <label htmlFor="password">{t('password.password')}</label>
            <button type="button" id="reveal" className="text" hidden data-show={t('password.show')} data-hide={t('password.hide')}>
              {t('password.show')}
            </button>
          </div>
          <input
            id="password"
            name="password"
            type="password"
            autoComplete="current-password"
            maxLength={1024}
            required
            autoFocus={fresh && named}
            {...problem_of(view.error)}
          />
          <p className="hint" id="caps" role="status" data-text={t('password.caps_lock')} />
        </div>
        <button>{t('password.submit')}</button>
      </Form>
      <Reference of={view.reference} t={t} />
      {forgot === undefined ? null : (
        <p>
          <a className="loose" href={forgot}>
            {t('password.forgot')}
          </a>
        </p>
      )}
      {other === undefined ? null : (
        <p>
          <a className="loose" href={other}>
            {t('password.other')}
          </a>
        </p>
      )}
    </>
  );
  return document(frame, { title, body, script: 'password' });
}

/** The password is right but no longer good; it is changed where it lives, never here. */
export function password_expired_page(view: PasswordExpiredView, frame: Frame): string {
  const t = words(frame);
  const title = t(view.reason === 'expired' ? 'expired.title_expired' : 'expired.title_must_change');
  const organization = view.organization_name;
  const change = safe_link(view.change_url);
  const retry = web_address(view.retry_url);
  const body = (
    <>
      <Icon name="key" tone="calm" />
      <h1>{title}</h1>
      <p className="lead">{t('expired.lead', { organization })}</p>
      {change === undefined ? <p>{t('expired.ask', { organization })}</p> : null}
      <div className="actions">
        {change === undefined ? null : (
          <a className="button" href={change}>
            {t('expired.change', { organization })}
          </a>
        )}
        {retry === undefined ? null : (
          <a className="button quiet" href={retry}>
            {t('expired.retry')}
          </a>
        )}
      </div>
      <Reference of={view.reference} t={t} />
    </>
  );
  return document(frame, { title, body });
}

/** What an operator finds the sign-in by. */
function Reference({ of, t }: { of: string | undefined; t: Translate }): ReactNode {
  if (of === undefined) return null;
  return (
    <p className="fine">
      {t('common.reference')}{' '}
      <code id="reference" dir="ltr">
        {of}
      </code>
    </p>
  );
}
