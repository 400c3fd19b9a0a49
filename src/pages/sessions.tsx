import { document, type Frame, words } from './frame.tsx';
import { Account, type Csrf, Form, Icon } from './parts.tsx';
import { moment } from './translate.ts';

export interface SessionsView {
  readonly csrf: Csrf;
  readonly user?: string | undefined;
  readonly sessions: readonly SessionRow[];
  readonly identities?: readonly IdentityRow[] | undefined;
  /** POST; the current one included. */
  readonly end_all_action?: string | undefined;
}

export interface SessionRow {
  readonly id: string;
  readonly current: boolean;
  readonly started_at: Date;
  readonly apps: readonly string[];
  readonly browser?: string | undefined;
  readonly ip?: string | undefined;
  /** POST `session`. */
  readonly end_action: string;
}

export interface IdentityRow {
  readonly connection_name: string;
  readonly account?: string | undefined;
  readonly last_used?: Date | undefined;
}

/** Where a person is signed in, and with what; of nobody, it says how to come here. S11. */
export function sessions_page(view: SessionsView | undefined, frame: Frame): string {
  const t = words(frame);
  const title = t('sessions.title');
  if (view === undefined) {
    const body = (
      <>
        <Icon name="person" tone="calm" />
        <h1>{t('sessions.nobody')}</h1>
        <p className="lead">{t('sessions.nobody_lead')}</p>
      </>
    );
    return document(frame, { title, body });
  }
  const identities = view.identities ?? [];
  const body = (
    <>
      <h1>{title}</h1>
      <p className="lead">{t('sessions.lead')}</p>
      <Account user={view.user} t={t} />
      <ul className="rows">
        {view.sessions.map((session) => {
          const browser = session.browser ?? t('sessions.unknown_browser');
          return (
            <li key={session.id} className="row">
              <div className="grow">
                <strong>{browser}</strong> {session.current ? <span className="badge good">{t('sessions.current')}</span> : null}
                <small>
                  {t('sessions.started', { time: moment(frame.locale, session.started_at) })}
                  {session.ip === undefined ? null : (
                    <>
                      {' · '}
                      <bdi>{session.ip}</bdi>
                    </>
                  )}
                </small>
                <small>
                  {t('sessions.apps', { count: session.apps.length })}
                  {session.apps.length === 0 ? null : `: ${new Intl.ListFormat(frame.locale).format(session.apps)}`}
                </small>
              </div>
              <Form action={session.end_action} csrf={view.csrf}>
                <button className="quiet small" name="session" value={session.id} aria-label={t('sessions.end_label', { browser })}>
                  {t('sessions.end')}
                </button>
              </Form>
            </li>
          );
        })}
      </ul>
      {view.sessions.length === 0 ? <p>{t('sessions.none')}</p> : null}
      {view.end_all_action === undefined || view.sessions.length === 0 ? null : (
        <Form action={view.end_all_action} csrf={view.csrf}>
          <button className="quiet">{t('sessions.end_all')}</button>
        </Form>
      )}
      {identities.length === 0 ? null : (
        <>
          <h2>{t('sessions.identities')}</h2>
          <ul className="rows">
            {identities.map((identity) => (
              <li key={`${identity.connection_name} ${identity.account ?? ''}`} className="row">
                <div className="grow">
                  {identity.connection_name}
                  {identity.account === undefined ? null : <small>{identity.account}</small>}
                </div>
                {identity.last_used === undefined ? null : (
                  <span className="fine">{t('sessions.last_used', { time: moment(frame.locale, identity.last_used) })}</span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
  return document(frame, { title, body, wide: true });
}
