import { document, type Frame, words } from './frame.tsx';
import { Account, type Csrf, Form, Icon, Problem, problem_of } from './parts.tsx';

export interface DeviceCodeView {
  readonly action: string;
  readonly csrf: Csrf;
  readonly code?: string | undefined;
  /** A public error code, usually `code_invalid`. */
  readonly error?: string | undefined;
}

export interface DeviceConfirmView {
  readonly action: string;
  readonly csrf: Csrf;
  readonly code: string;
  readonly app_name: string;
  readonly user?: string | undefined;
}

export interface DeviceDoneView {
  readonly outcome: 'connected' | 'denied';
}

/** RFC 8628, 3.3: the person types the code of the device; posts `user_code`. S12. */
export function device_code_page(view: DeviceCodeView, frame: Frame): string {
  const t = words(frame);
  const title = t('device.title');
  const body = (
    <>
      <Icon name="device" tone="calm" />
      <h1>{title}</h1>
      <p className="lead">{t('device.lead')}</p>
      <Problem code={view.error} t={t} />
      <Form action={view.action} csrf={view.csrf}>
        <div className="field">
          <label htmlFor="user_code">{t('device.label')}</label>
          <input
            id="user_code"
            name="user_code"
            className="code"
            type="text"
            dir="ltr"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={40}
            required
            autoFocus={view.error === undefined}
            defaultValue={view.code}
            {...problem_of(view.error)}
          />
        </div>
        <button>{t('common.continue')}</button>
      </Form>
    </>
  );
  return document(frame, { title, body });
}

/** RFC 8628, 5.4: shows the code again, against remote phishing; posts `confirm=yes` or `abort=yes`. */
export function device_confirm_page(view: DeviceConfirmView, frame: Frame): string {
  const t = words(frame);
  const title = t('device.confirm_title');
  const body = (
    <>
      <Icon name="device" tone="calm" />
      <h1>{title}</h1>
      <Account user={view.user} t={t} />
      <p>{t('device.confirm_lead', { app: view.app_name })}</p>
      <strong className="big" dir="ltr">
        {view.code}
      </strong>
      <div className="notice calm">
        <p>{t('device.confirm_warning')}</p>
      </div>
      <Form action={view.action} csrf={view.csrf}>
        <input type="hidden" name="user_code" value={view.code} />
        <div className="actions">
          <button name="confirm" value="yes">
            {t('device.confirm_yes')}
          </button>
          <button className="quiet" name="abort" value="yes">
            {t('common.cancel')}
          </button>
        </div>
      </Form>
    </>
  );
  return document(frame, { title, body });
}

/** The end on this screen; the person goes back to the device. */
export function device_done_page(view: DeviceDoneView, frame: Frame): string {
  const t = words(frame);
  const connected = view.outcome === 'connected';
  const title = t(connected ? 'device.done_title' : 'device.denied_title');
  const body = (
    <>
      <Icon name={connected ? 'check' : 'cross'} tone={connected ? 'good' : 'calm'} />
      <h1>{title}</h1>
      <p className="lead">{t(connected ? 'device.done_lead' : 'device.denied_lead')}</p>
    </>
  );
  return document(frame, { title, body });
}
