import type { ReactNode } from 'react';
import { error_texts } from './error_texts.ts';
import type { Translate } from './translate.ts';

/** The anti-forgery value of a form: sent as `csrf`, or under the name that the receiver wants. */
export type Csrf = string | { readonly name: string; readonly value: string };

/** A form of ours: POST, with the anti-forgery value in it. */
export function Form({ action, csrf, children }: { action: string; csrf: Csrf; children: ReactNode }): ReactNode {
  const field = typeof csrf === 'string' ? { name: 'csrf', value: csrf } : csrf;
  return (
    <form method="post" action={action}>
      <input type="hidden" name={field.name} value={field.value} />
      {children}
    </form>
  );
}

/** Says what is wrong before the form, and takes the focus so that it is read first (WCAG 3.3.1). */
export function Problem({ code, t }: { code: string | undefined; t: Translate }): ReactNode {
  if (code === undefined) return null;
  return (
    <div className="notice" role="alert" tabIndex={-1} autoFocus>
      <strong>{t('common.problem')}</strong>
      <p id="problem">{t(error_texts(code).what_happened)}</p>
    </div>
  );
}

/** The attributes that tie an input to `Problem`. */
export function problem_of(code: string | undefined): { 'aria-invalid'?: true; 'aria-describedby'?: string } {
  return code === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': 'problem' };
}

const shapes = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6.5 6.5l11 11m0-11l-11 11',
  dash: 'M6 12h12',
  alert: 'M12 7v6m0 4v.01',
  device: 'M4 5h16v11H4zM9 20h6m-3-4v4',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm-7.5 8a7.5 7.5 0 0 1 15 0',
  key: 'M14.5 9.5L21 3m-3 3 2.5 2.5M15 12a5 5 0 1 1-10 0 5 5 0 0 1 10 0z',
} as const;

/** A line drawing; it repeats what the text beside it says, so it is silent. */
export function Shape({ name, tone }: { name: keyof typeof shapes; tone?: string }): ReactNode {
  return (
    <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" className={tone}>
      <path d={shapes[name]} />
    </svg>
  );
}

/** A drawing in a circle, above a heading. */
export function Icon({ name, tone }: { name: keyof typeof shapes; tone: 'bad' | 'good' | 'calm' }): ReactNode {
  return (
    <div className={`icon ${tone}`}>
      <Shape name={name} />
    </div>
  );
}

/** "Signed in as …", where a person decides something for an account. */
export function Account({ user, t }: { user: string | undefined; t: Translate }): ReactNode {
  return user === undefined ? null : <p className="fine">{t('common.signed_in_as', { user })}</p>;
}
