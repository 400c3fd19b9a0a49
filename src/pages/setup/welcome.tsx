import type { ReactNode } from 'react';
import type { Frame } from '../frame.tsx';
import { moment } from '../translate.ts';
import { SetupForm, Next, Onward } from './parts.tsx';
import { setup_document } from './shell.tsx';
import type { SetupShell } from './view.ts';

export interface SetupWelcomeView {
  readonly parts: readonly { readonly title: string; readonly text: string; readonly minutes: number; readonly done: boolean }[];
  /** Where it goes on. */
  readonly next: { readonly href: string; readonly title: string };
  readonly begun: boolean;
  readonly needs_approval: boolean;
  /** Connections that are in use already: looked after on a page of their own. */
  readonly in_use: readonly string[];
}

/** Who invited, what will be set up, how long it takes. P1. */
export function setup_welcome_page(view: SetupWelcomeView, shell: SetupShell, frame: Frame): string {
  const { vendor_name, organization_name } = shell;
  const minutes = view.parts.reduce((sum, part) => sum + (part.done ? 0 : part.minutes), 0);
  const body = (
    <>
      <p className="lead">
        <bdi>{vendor_name}</bdi> has invited you to set up single sign-on for <bdi>{organization_name}</bdi>. You need no account here: this
        link is enough. {minutes === 0 ? null : <>It takes about {minutes} minutes.</>}
      </p>
      <h2>What you will set up</h2>
      <ul className="rows">
        {view.parts.map((part) => (
          <li className="row top" key={part.title}>
            <div className="grow">
              <strong>{part.title}</strong>
              <small>{part.text}</small>
            </div>
            <span className={part.done ? 'badge good' : 'badge'}>{part.done ? 'Done' : `${part.minutes} min`}</span>
          </li>
        ))}
      </ul>
      <h2>Good to know</h2>
      <ul className="plain">
        <li>
          Nobody can sign in this way until you have tried it and switched it on
          {view.needs_approval ? (
            <>
              , and <bdi>{vendor_name}</bdi> has approved it
            </>
          ) : null}
          .
        </li>
        <li>What you enter is kept. Stop when you like and open the same link again, or pass it on to a colleague.</li>
        <li>
          The link works until {moment('en', shell.expires_at)}. Whoever has it can set up <bdi>{organization_name}</bdi>: do not publish
          it.
        </li>
      </ul>
      <InUse names={view.in_use} />
      <Next back={undefined}>
        <Onward href={view.next.href} text={view.begun ? `Go on: ${view.next.title}` : 'Begin'} />
      </Next>
    </>
  );
  return setup_document(frame, shell, { title: `Connect ${organization_name}`, body, eyebrow: 'Welcome' });
}

function InUse({ names }: { names: readonly string[] }): ReactNode {
  if (names.length === 0) return null;
  return (
    <div className="panel soft">
      <h2>In use already</h2>
      <p>
        <bdi>{names.join(', ')}</bdi>. With this link you can look after it: health, certificates, the SCIM token, recent sign-ins and who
        is told of problems.
      </p>
      <div className="inline">
        <a className="button quiet small" href="/setup/manage">
          Look after it
        </a>
      </div>
    </div>
  );
}

export interface SetupDoneView {
  /** `handed_over`: the vendor has the last word. */
  readonly outcome: 'active' | 'handed_over' | 'nothing_to_switch_on';
  /** To send to the people of the organization. */
  readonly letter: string | undefined;
}

/** It is done: and what to tell employees. P13. */
export function setup_done_page(view: SetupDoneView, shell: SetupShell, frame: Frame): string {
  const { vendor_name, organization_name } = shell;
  const texts: Readonly<Record<SetupDoneView['outcome'], { title: string; lead: ReactNode }>> = {
    active: {
      title: `${organization_name} is connected`,
      lead: (
        <>
          From now on people of <bdi>{organization_name}</bdi> sign in with your own sign-in.
        </>
      ),
    },
    handed_over: {
      title: 'Handed over for approval',
      lead: (
        <>
          Everything is ready. <bdi>{vendor_name}</bdi> has been told, looks at it and switches it on. Nobody can sign in this way before.
        </>
      ),
    },
    nothing_to_switch_on: { title: 'All done', lead: <>Everything that this link is for has been set up.</> },
  };
  const { title, lead } = texts[view.outcome];
  const body = (
    <>
      <p className="lead">{lead}</p>
      {view.letter === undefined ? null : (
        <>
          <h2 id="letter-name">A text for your people</h2>
          <p>{view.outcome === 'active' ? 'Send it today' : 'Send it once it is switched on'}, in your own words if you like.</p>
          <div className="panel soft">
            <div className="letter" id="letter">
              {view.letter}
            </div>
            <div className="inline">
              <button type="button" className="quiet small" data-copy="letter" data-done="Copied" hidden>
                Copy the text
              </button>
              <span role="status" className="fine" />
            </div>
          </div>
        </>
      )}
      <h2>Later</h2>
      <p>
        This link has done its work and changes nothing any more. For a new certificate, another SCIM token or to see recent sign-ins, ask{' '}
        <bdi>{vendor_name}</bdi> for a new link.
      </p>
    </>
  );
  return setup_document(frame, shell, { title, body, eyebrow: 'Finished' });
}

export interface SetupReviewView {
  readonly points: readonly {
    readonly title: string;
    readonly ok: boolean;
    readonly detail: string;
    readonly href: string;
    readonly must: boolean;
  }[];
  readonly back: string;
  readonly action: 'activate' | 'hand_over' | 'finish';
  readonly ready: boolean;
}

/** Everything at a glance, and the button that makes it count. P12. */
export function setup_review_page(view: SetupReviewView, shell: SetupShell, frame: Frame): string {
  const words = {
    activate: { lead: 'Once it is switched on, people sign in with it.', button: 'Switch it on' },
    hand_over: { lead: `${shell.vendor_name} looks at it and switches it on.`, button: 'Hand over for approval' },
    finish: { lead: 'There is nothing to switch on: with this, the link is finished.', button: 'Finish' },
  }[view.action];
  const body = (
    <>
      <p className="lead">{words.lead}</p>
      <ul className="rows">
        {view.points.map((point) => (
          <li className="row" key={point.title}>
            <div className="grow">
              <strong>{point.title}</strong>
              <small>
                <bdi>{point.detail}</bdi>
              </small>
            </div>
            <span className={`badge ${point.ok ? 'good' : point.must ? 'bad' : ''}`}>
              {point.ok ? 'Ready' : point.must ? 'Missing' : 'Left out'}
            </span>
            <a href={point.href} aria-label={`Change: ${point.title}`}>
              Change
            </a>
          </li>
        ))}
      </ul>
      {view.ready ? null : (
        <div className="notice calm">
          <strong>Not yet: see what is missing above.</strong>
        </div>
      )}
      <Next back={view.back}>
        <SetupForm action="/setup/review" shell={shell}>
          <button type="submit" disabled={!view.ready}>
            {words.button}
          </button>
        </SetupForm>
      </Next>
    </>
  );
  return setup_document(frame, shell, { title: 'Look it over', body });
}
