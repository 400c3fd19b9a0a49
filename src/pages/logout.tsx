import { web_address } from './brand.ts';
import { document, type Frame, words } from './frame.tsx';
import type { MessageKey } from './messages/en.ts';
import { Account, type Csrf, Form, Icon } from './parts.tsx';

export interface LogoutConfirmView {
  readonly action: string;
  readonly csrf: Csrf;
  readonly app_name?: string | undefined;
  readonly user?: string | undefined;
}

export interface SignedOutView {
  readonly apps?: readonly ToldApp[] | undefined;
  readonly return_url?: string | undefined;
  readonly return_name?: string | undefined;
  /** Where the browser goes on by itself: registered by the app, or our own; goes before `return_url`. */
  readonly onward?: string | undefined;
  /** The partner where the person is still signed in, and where that can be ended. */
  readonly partner?: { readonly name: string; readonly url?: string | undefined; readonly partial?: boolean } | undefined;
}

export interface ToldApp {
  readonly name: string;
  readonly state: 'told' | 'pending' | 'failed';
  /** Its own page for the end of a session, shown to nobody (OpenID Connect Front-Channel Logout 1.0). */
  readonly frame_url?: string | undefined;
}

const states: Readonly<Record<ToldApp['state'], { key: MessageKey; tone: string }>> = {
  told: { key: 'signed_out.told', tone: 'badge good' },
  pending: { key: 'signed_out.pending', tone: 'badge' },
  failed: { key: 'signed_out.failed', tone: 'badge bad' },
};

/** OIDC RP-Initiated Logout, 2: asks before ending the session; posts `logout=yes`, or nothing to stay. */
export function logout_confirm_page(view: LogoutConfirmView, frame: Frame): string {
  const t = words(frame);
  const title = t('logout.title');
  const body = (
    <>
      <h1>{title}</h1>
      <Account user={view.user} t={t} />
      <p className="lead">{view.app_name === undefined ? t('logout.lead') : t('logout.lead_app', { app: view.app_name })}</p>
      <Form action={view.action} csrf={view.csrf}>
        <div className="actions">
          <button name="logout" value="yes">
            {t('logout.yes')}
          </button>
          <button className="quiet">{t('logout.no')}</button>
        </div>
      </Form>
    </>
  );
  return document(frame, { title, body });
}

/** The session is over, and which apps know it. S10. */
export function signed_out_page(view: SignedOutView, frame: Frame): string {
  const t = words(frame);
  const title = t('signed_out.title');
  const apps = view.apps ?? [];
  const back = view.onward ?? web_address(view.return_url);
  const onward = web_address(view.partner?.url);
  const body = (
    <>
      <Icon name="check" tone="good" />
      <h1>{title}</h1>
      <p className="lead">{t('signed_out.lead')}</p>
      {apps.length === 0 ? null : (
        <>
          <h2>{t('signed_out.apps')}</h2>
          <ul className="rows">
            {apps.map((app) => (
              <li key={app.frame_url ?? app.name} className="row">
                <span className="grow">{app.name}</span>
                <span className={states[app.state].tone}>{t(states[app.state].key)}</span>
              </li>
            ))}
          </ul>
          {apps.map((app) =>
            app.frame_url === undefined ? null : (
              <iframe
                key={app.frame_url}
                src={app.frame_url}
                title={app.name}
                hidden
                sandbox="allow-same-origin allow-scripts allow-forms"
              />
            ),
          )}
          {apps.some((app) => app.state === 'failed') ? <p className="fine">{t('signed_out.failed_hint')}</p> : null}
        </>
      )}
      {view.partner === undefined ? null : (
        <p>{t(view.partner.partial === true ? 'signed_out.partial' : 'signed_out.partner', { partner: view.partner.name })}</p>
      )}
      {view.partner === undefined || onward === undefined ? null : (
        <div className="actions">
          <a className="button" href={onward}>
            {t('signed_out.partner_too', { partner: view.partner.name })}
          </a>
        </div>
      )}
      {back === undefined ? null : (
        <div className="actions">
          <a className={onward === undefined ? 'button' : 'button quiet'} href={back}>
            {view.return_name === undefined ? t('common.continue') : t('common.back_to', { name: view.return_name })}
          </a>
        </div>
      )}
    </>
  );
  return document(frame, { title, body });
}
