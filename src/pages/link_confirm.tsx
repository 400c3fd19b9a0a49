import { document, type Frame, words } from './frame.tsx';
import { type Csrf, Form, Icon } from './parts.tsx';

export interface LinkConfirmView {
  readonly action: string;
  readonly csrf: Csrf;
  readonly email: string;
  readonly organization_name: string;
  readonly connection_name: string;
}

/** An account with this address exists already: is it the same person? Posts `decision` = `link` or `refuse`. S6. */
export function link_confirm_page(view: LinkConfirmView, frame: Frame): string {
  const t = words(frame);
  const title = t('link.title');
  const body = (
    <>
      <Icon name="person" tone="calm" />
      <h1>{title}</h1>
      <p className="lead">{t('link.lead', { organization: view.organization_name, connection: view.connection_name })}</p>
      <div className="notice calm">
        <p>
          <bdi>{view.email}</bdi>
        </p>
      </div>
      <p className="fine">{t('link.after', { connection: view.connection_name })}</p>
      <Form action={view.action} csrf={view.csrf}>
        <div className="actions">
          <button name="decision" value="link">
            {t('link.yes')}
          </button>
          <button className="quiet" name="decision" value="refuse">
            {t('link.no')}
          </button>
        </div>
      </Form>
    </>
  );
  return document(frame, { title, body });
}
