import { Misconfigured } from '../kernel/index.ts';
import { web_address } from './brand.ts';
import { document, type Frame, words } from './frame.tsx';

export interface RedirectView {
  /** The partner's address; http or https. */
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Where it goes, in words: the organization or the app. */
  readonly destination?: string | undefined;
}

/** A departure by POST: submits itself where scripts run, has a button where they don't. Throws `Misconfigured` for an address that is not the web's. S5. */
export function redirect_page(view: RedirectView, frame: Frame): string {
  const t = words(frame);
  const title = t('redirect.title');
  const action = web_address(view.action);
  if (action === undefined) throw new Misconfigured('connection_misconfigured', 'The address to go on to is not a web address.');
  const body = (
    <>
      <h1>{title}</h1>
      <p className="lead">
        {view.destination === undefined ? t('redirect.lead_plain') : t('redirect.lead', { destination: view.destination })}
      </p>
      <form id="departure" method="post" action={action}>
        {Object.entries(view.fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <button>{t('common.continue')}</button>
        <p className="hint">{t('redirect.hint')}</p>
      </form>
    </>
  );
  return document(frame, { title, body, script: 'auto_submit' });
}
