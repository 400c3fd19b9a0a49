import type { ReactNode } from 'react';
import { document, type Frame, Mark, words } from './frame.tsx';
import { type Csrf, Form, Problem, problem_of } from './parts.tsx';
import type { Translate } from './translate.ts';

export interface IdentifierView {
  readonly action: string;
  readonly csrf: Csrf;
  /** What was typed before, so that nobody types it twice (WCAG 3.3.7). */
  readonly email?: string | undefined;
  /** A public error code. */
  readonly error?: string | undefined;
  readonly app_name?: string | undefined;
  readonly remembered?: Remembered | undefined;
}

export interface Remembered {
  readonly organization_name: string;
  /** POST: goes on to this organization. */
  readonly action: string;
  /** POST: forgets it. */
  readonly forget_action?: string | undefined;
}

/** Who are you: one form, one input (`identifier`). S1. */
export function identifier_page(view: IdentifierView, frame: Frame): string {
  const t = words(frame);
  const title = view.app_name === undefined ? t('identifier.title') : t('identifier.title_app', { app: view.app_name });
  const remembered = view.remembered;
  const body = (
    <>
      <h1>{title}</h1>
      <p className="lead">{t('identifier.lead')}</p>
      <Problem code={view.error} t={t} />
      <Form action={view.action} csrf={view.csrf}>
        {remembered === undefined ? null : <RememberedChoice remembered={remembered} t={t} />}
        <div className="field">
          <label htmlFor="identifier">{t('identifier.label')}</label>
          <input
            id="identifier"
            name="identifier"
            type="text"
            inputMode="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={320}
            required
            autoFocus={view.error === undefined && remembered === undefined}
            defaultValue={view.email}
            aria-describedby={view.error === undefined ? 'identifier-hint' : 'problem identifier-hint'}
            aria-invalid={problem_of(view.error)['aria-invalid']}
          />
          <p className="hint" id="identifier-hint">
            {t('identifier.hint')}
          </p>
        </div>
        <button>{t('common.continue')}</button>
      </Form>
    </>
  );
  return document(frame, { title, body });
}

/** Buttons of the one form of the page. The silent first one is what the enter key presses in the field below. */
function RememberedChoice({ remembered, t }: { remembered: Remembered; t: Translate }): ReactNode {
  return (
    <div className="remembered">
      <button className="silent" tabIndex={-1} aria-hidden="true" />
      <button className="choice" formAction={remembered.action} formNoValidate>
        <Mark name={remembered.organization_name} />
        <span className="grow">{t('identifier.remembered', { organization: remembered.organization_name })}</span>
      </button>
      {remembered.forget_action === undefined ? null : (
        <button className="text" formAction={remembered.forget_action} formNoValidate>
          {t('identifier.not_you')}
        </button>
      )}
      <p className="or">{t('identifier.or')}</p>
    </div>
  );
}
