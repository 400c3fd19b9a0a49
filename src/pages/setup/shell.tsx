import type { ReactNode } from 'react';
import { as_html } from '../as_html.ts';
import { Footer, type Frame, Mark, words } from '../frame.tsx';
import { scripts } from '../scripts.ts';
import { style_sheet } from '../style.ts';
import { SetupForm } from './parts.tsx';
import { portal_style } from './style.ts';
import { type SetupShell, time_left } from './view.ts';

interface Content {
  readonly title: string;
  readonly body: ReactNode;
  /** Above the heading. */
  readonly eyebrow?: string | undefined;
}

/** A page of the portal: the same look as the sign-in pages, wider, with the way through it beside. In English. */
export function setup_document(frame: Frame, shell: SetupShell, { title, body, eyebrow }: Content): string {
  return portal_document(
    frame,
    `${title} · ${shell.organization_name}`,
    <>
      <header className="bar">
        <div className="who">
          <Mark name={shell.vendor_name} />
          <span>
            <bdi>{shell.vendor_name}</bdi> for <bdi>{shell.organization_name}</bdi>
          </span>
        </div>
        {shell.signed_in === undefined ? (
          <span className="left">This link works for {time_left(shell.expires_at, shell.now)} more</span>
        ) : (
          <div className="left inline">
            <bdi>{shell.signed_in}</bdi>
            <SetupForm action="/setup/manage/sign-out" shell={shell}>
              <button type="submit" className="quiet small">
                Sign out
              </button>
            </SetupForm>
          </div>
        )}
      </header>
      <div className={shell.steps.length === 0 ? 'desk single' : 'desk'}>
        {shell.steps.length === 0 ? null : <Trail shell={shell} />}
        <main>
          {eyebrow === undefined ? null : <p className="eyebrow">{eyebrow}</p>}
          <h1>{title}</h1>
          <Told shell={shell} />
          {body}
        </main>
      </div>
      {frame.brand === undefined ? null : <Footer brand={frame.brand} t={words(frame)} />}
    </>,
  );
}

/** The way through: every step can be gone to, and says whether it is done. */
function Trail({ shell }: { shell: SetupShell }): ReactNode {
  const at = shell.steps.findIndex((step) => step.state === 'current');
  return (
    <nav className="trail" aria-label="Steps">
      {at < 0 ? null : (
        <p className="at">
          Step {at + 1} of {shell.steps.length}
        </p>
      )}
      <ol>
        {shell.steps.map((step) => (
          <li key={step.href} className={step.state === 'done' ? 'done' : undefined}>
            {step.state === 'current' ? (
              <span className="here" aria-current="step">
                <b>{step.title}</b>
              </span>
            ) : (
              <a href={step.href}>
                <b>
                  {step.title}
                  {step.state === 'done' ? <span className="silent"> (done)</span> : null}
                </b>
              </a>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The document around it, also for the pages that have no link any more. */
export function portal_document(frame: Frame, title: string, body: ReactNode, portal = true): string {
  return as_html(
    <html lang="en" dir="ltr">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <meta name="referrer" content="no-referrer" />
        {frame.request_id === undefined ? null : <meta name="request-id" content={frame.request_id} />}
        <title>{title}</title>
        <style nonce={frame.nonce} dangerouslySetInnerHTML={{ __html: style_sheet(frame.brand?.accent) + portal_style }} />
      </head>
      <body className={portal ? 'portal' : undefined}>
        {body}
        <script nonce={frame.nonce} dangerouslySetInnerHTML={{ __html: scripts.portal }} />
      </body>
    </html>,
  );
}

/** What went wrong, or what was done: read before everything else. */
function Told({ shell: { problem, said } }: { shell: SetupShell }): ReactNode {
  if (problem !== undefined)
    return (
      <div className="notice" role="alert" tabIndex={-1} autoFocus>
        <strong>{problem.text}</strong>
        {problem.fields.length === 0 ? null : (
          <ul>
            {problem.fields.map(({ name, message }) => (
              <li key={`${name} ${message}`}>{name === '' ? message : <a href={`#${name}`}>{message}</a>}</li>
            ))}
          </ul>
        )}
      </div>
    );
  return said === undefined ? null : (
    <div className="notice good" role="status">
      <strong>{said}</strong>
    </div>
  );
}
