import type { ReactNode } from 'react';
import { type NamedValues, NamedValuesTable } from '../named_values.tsx';
import { Shape } from '../parts.tsx';
import type { SetupCheck, SetupShell } from './view.ts';

/** A form of the portal: with its anti-forgery value, and the version that it was made from. */
export function SetupForm({ action, shell, children, ...more }: FormProps): ReactNode {
  return (
    <form
      method="post"
      action={action}
      encType={more.files === true ? 'multipart/form-data' : undefined}
      target={more.new_tab === true ? '_blank' : undefined}
    >
      <input type="hidden" name="csrf" value={shell.csrf} />
      <input type="hidden" name="version" value={shell.version} />
      {children}
    </form>
  );
}

interface FormProps {
  readonly action: string;
  readonly shell: SetupShell;
  readonly children: ReactNode;
  readonly files?: boolean;
  readonly new_tab?: boolean;
}

/** A text to type elsewhere, with a button that copies it. Without script the text is selected as a whole by a click. */
export function Copyable({ id, label, value, long }: { id: string; label: string; value: string; long?: boolean }): ReactNode {
  return (
    <div className="value">
      <span className="name" id={`${id}-name`}>
        {label}
      </span>
      {long === true ? (
        <pre id={id} tabIndex={0} role="group" aria-labelledby={`${id}-name`}>
          {value}
        </pre>
      ) : (
        <code id={id}>{value}</code>
      )}
      <span className="act">
        <button type="button" className="quiet small" data-copy={id} data-done="Copied" aria-label={`Copy ${label}`} hidden>
          Copy
        </button>
        <span role="status" className="fine" />
      </span>
    </div>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly hint?: ReactNode;
  readonly shell: SetupShell;
  readonly placeholder?: string | undefined;
}

/** What is wrong with one field. */
export const wrong_with = (shell: SetupShell, name: string): string | undefined =>
  shell.problem?.fields.find((field) => field.name === name)?.message;

function described(shell: SetupShell, name: string, hint: ReactNode): { 'aria-invalid'?: true; 'aria-describedby'?: string } {
  const wrong = wrong_with(shell, name) !== undefined;
  const ids = [...(hint === undefined ? [] : [`${name}-hint`]), ...(wrong ? [`${name}-wrong`] : [])];
  return { ...(wrong && { 'aria-invalid': true as const }), ...(ids.length > 0 && { 'aria-describedby': ids.join(' ') }) };
}

function Field({ name, label, hint, shell, children }: FieldProps & { children: ReactNode }): ReactNode {
  const wrong = wrong_with(shell, name);
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      {children}
      {wrong === undefined ? null : (
        <p className="wrong" id={`${name}-wrong`}>
          {wrong}
        </p>
      )}
      {hint === undefined ? null : (
        <p className="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

export function TextField(
  props: FieldProps & { readonly type?: string; readonly autocomplete?: string; readonly list?: string },
): ReactNode {
  const { name, value, hint, shell, placeholder, type = 'text', autocomplete = 'off', list } = props;
  return (
    <Field {...props}>
      <input
        {...{ id: name, name, type, placeholder, list }}
        {...described(shell, name, hint)}
        defaultValue={value}
        autoComplete={autocomplete}
        spellCheck={false}
        autoCapitalize="none"
      />
    </Field>
  );
}

export function AreaField(props: FieldProps): ReactNode {
  const { name, value, hint, shell, placeholder } = props;
  return (
    <Field {...props}>
      <textarea
        {...{ id: name, name, placeholder }}
        {...described(shell, name, hint)}
        defaultValue={value}
        spellCheck={false}
        autoComplete="off"
      />
    </Field>
  );
}

export function FileField(props: FieldProps & { readonly accept: string }): ReactNode {
  const { name, hint, shell, accept } = props;
  return (
    <Field {...props}>
      <input {...{ id: name, name, accept }} type="file" {...described(shell, name, hint)} />
    </Field>
  );
}

export function SelectField(props: FieldProps & { readonly options: readonly (readonly [string, string])[] }): ReactNode {
  const { name, value, hint, shell, options } = props;
  return (
    <Field {...props}>
      <select id={name} name={name} defaultValue={value} {...described(shell, name, hint)}>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}

export function TickField({ name, label, on }: { name: string; label: ReactNode; on: boolean }): ReactNode {
  return (
    <div className="tick">
      <label htmlFor={name}>
        <input type="checkbox" id={name} name={name} value="on" defaultChecked={on} />
        <span>{label}</span>
      </label>
    </div>
  );
}

/** `**bold**` is a word on somebody's screen. Nothing else in it means anything. */
export function Marked({ text }: { text: string }): ReactNode {
  return text.split('**').map((part, at) => (at % 2 === 1 ? <strong key={`${at} ${part}`}>{part}</strong> : part));
}

/** Each check ticked or crossed, and for a cross what to change, where. */
export function Checks({ checks, vendor }: { checks: readonly SetupCheck[]; vendor?: string | undefined }): ReactNode {
  return (
    <ul className="rows">
      {checks.map((check, at) => (
        <li className="row top" key={`${at} ${check.title}`}>
          <Shape name={check.ok ? 'check' : 'cross'} tone={check.ok ? 'good' : 'bad'} />
          <div className="grow">
            <strong>{check.title}</strong> <span className={`badge ${check.ok ? 'good' : 'bad'}`}>{check.ok ? 'OK' : 'Failed'}</span>
            <small>
              <bdi>{check.detail}</bdi>
            </small>
            <Fix check={check} vendor={vendor} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Fix({ check: { fix, where = [] }, vendor }: { check: SetupCheck; vendor: string | undefined }): ReactNode {
  if (fix === undefined && where.length === 0) return null;
  return (
    <div className="fix">
      {fix === undefined ? null : (
        <>
          <strong>What to change</strong>
          <div>{fix}</div>
        </>
      )}
      {where.length === 0 ? null : (
        <>
          <strong>Where in {vendor}</strong>
          <ul>
            {where.map(({ mistake, remedy }) => (
              <li key={mistake}>
                <Marked text={mistake} /> <Marked text={remedy} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** Back and on: at the end of every step. */
export function Next({ back, children }: { back: string | undefined; children: ReactNode }): ReactNode {
  return (
    <div className="next">
      {back === undefined ? (
        <span />
      ) : (
        <a className="loose" href={back}>
          Back
        </a>
      )}
      {children}
    </div>
  );
}

/** On to the next step. */
export function Onward({ href, text = 'Continue' }: { href: string; text?: string }): ReactNode {
  return (
    <a className="button" href={href}>
      {text}
    </a>
  );
}

const HEADS = { name: 'Name', value: 'Value' };

export function Values({ rows, labelled_by }: { rows: readonly NamedValues[]; labelled_by: string }): ReactNode {
  return <NamedValuesTable rows={rows} labelled_by={labelled_by} heads={HEADS} />;
}
