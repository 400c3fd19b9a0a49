import { mail_link, web_address } from './brand.ts';
import { document, type Frame, words } from './frame.tsx';
import { Icon } from './parts.tsx';
import { moment } from './translate.ts';

export interface ErrorView {
  readonly status: number;
  /** Texts as `error_words` gives them. */
  readonly title: string;
  readonly what_happened: string;
  readonly what_you_can_do: readonly string[];
  /** What the vendor lets the person know. */
  readonly said?: string | undefined;
  /** Whom to ask: the partner's own help desk. */
  readonly contact?: string | undefined;
  readonly reference: string;
  readonly code: string;
  readonly time: Date;
  readonly retry_url?: string | undefined;
  readonly app_url?: string | undefined;
  readonly app_name?: string | undefined;
}

/** What happened, what to do, whom to ask, and the reference under which an operator finds it. S9. */
export function error_page(view: ErrorView, frame: Frame): string {
  const t = words(frame);
  const retry = web_address(view.retry_url);
  const app = web_address(view.app_url);
  const contact = view.contact ?? frame.brand?.support_contact;
  const mail = contact === undefined ? undefined : mail_link(contact);
  const body = (
    <>
      <Icon name="alert" tone="bad" />
      <h1>{view.title}</h1>
      <p>{view.what_happened}</p>
      {view.said === undefined ? null : <blockquote dir="auto">{view.said}</blockquote>}
      {view.what_you_can_do.length === 0 ? null : (
        <>
          <h2>{t('error.do')}</h2>
          <ul className="plain">
            {view.what_you_can_do.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
      {contact === undefined ? null : (
        <p className="fine">
          {mail === undefined ? t('error.contact', { contact }) : <a href={mail}>{t('error.contact', { contact })}</a>}
        </p>
      )}
      {retry === undefined && app === undefined ? null : (
        <div className="actions">
          {retry === undefined ? null : (
            <a className="button" href={retry}>
              {t('error.retry')}
            </a>
          )}
          {app === undefined ? null : (
            <a className={retry === undefined ? 'button' : 'button quiet'} href={app}>
              {t('common.back_to', { name: view.app_name ?? frame.brand?.name ?? new URL(app, 'https://app').hostname })}
            </a>
          )}
        </div>
      )}
      <h2>{t('error.details')}</h2>
      <dl>
        <dt>{t('common.reference')}</dt>
        <dd>
          <code id="reference" dir="ltr">
            {view.reference}
          </code>
          <button type="button" className="quiet small" hidden data-copy="reference" data-done={t('error.copied')}>
            {t('error.copy')}
          </button>
          <span role="status" />
        </dd>
        <dt>{t('common.code')}</dt>
        <dd>
          <code dir="ltr">{view.code}</code>
        </dd>
        <dt>{t('common.time')}</dt>
        <dd>
          <time dateTime={view.time.toISOString()}>{moment(frame.locale, view.time)}</time>
        </dd>
      </dl>
    </>
  );
  return document(frame, { title: view.title, body, script: 'copy' });
}
