import type { ReactNode } from 'react';
import { Mark, type Frame } from '../frame.tsx';
import { Copyable, Marked, Next, Onward, SetupForm } from './parts.tsx';
import { setup_document } from './shell.tsx';
import type { SetupShell } from './view.ts';

export interface SetupProviderView {
  readonly vendors: readonly SetupVendor[];
  readonly chosen: string | undefined;
  readonly back: string;
  readonly next: string | undefined;
}

export interface SetupVendor {
  readonly name: string;
  readonly ways: readonly { readonly guide: string; readonly label: string }[];
}

/** Which identity provider the organization has. P3. */
export function setup_provider_page(view: SetupProviderView, shell: SetupShell, frame: Frame): string {
  const body = (
    <>
      <p className="lead">Where do your people sign in today? The steps that follow are those of your product, with your values in them.</p>
      <SetupForm action="/setup/provider" shell={shell}>
        <ul className="cards">
          {view.vendors.map((vendor) => (
            <VendorCard key={vendor.name} vendor={vendor} chosen={view.chosen} />
          ))}
        </ul>
      </SetupForm>
      <p className="fine">Where there are several ways, take the first unless you know better.</p>
      <Next back={view.back}>{view.next === undefined ? null : <Onward href={view.next} />}</Next>
    </>
  );
  return setup_document(frame, shell, { title: 'Choose your identity provider', body });
}

function VendorCard({ vendor, chosen }: { vendor: SetupVendor; chosen: string | undefined }): ReactNode {
  const is_chosen = vendor.ways.some(({ guide }) => guide === chosen);
  return (
    <li className={`card ${is_chosen ? 'chosen' : ''}`}>
      <div className="top">
        <Mark name={vendor.name} />
        <span>{vendor.name}</span>
      </div>
      <div className="inline">
        {vendor.ways.map(({ guide, label }, at) => (
          <button
            key={guide}
            type="submit"
            name="guide"
            value={guide}
            className={at === 0 ? 'small' : 'quiet small'}
            aria-label={`${vendor.name}: ${label}`}
            aria-pressed={guide === chosen}
          >
            {label}
          </button>
        ))}
      </div>
    </li>
  );
}

export interface SetupGuideView {
  readonly name: string;
  readonly where: string;
  readonly minutes: number;
  readonly steps: readonly SetupGuideStep[];
  /** What the partner brings back, in the vendor's words. */
  readonly asks_back: readonly { readonly label: string; readonly note?: string | undefined }[];
  readonly mistakes: readonly { readonly mistake: string; readonly remedy: string }[];
}

export interface SetupGuideStep {
  readonly title: string;
  readonly text: readonly string[];
  readonly values: readonly { readonly label: string; readonly value: string }[];
}

export interface SetupVendorView {
  readonly guide: SetupGuideView;
  /** What can be taken as a whole instead of typing values. */
  readonly downloads: readonly { readonly label: string; readonly href: string }[];
  readonly back: string;
}

/** What to do in the vendor's own product, with our values in it. P4 to P7. */
export function setup_vendor_page(view: SetupVendorView, shell: SetupShell, frame: Frame): string {
  const { guide } = view;
  const body = (
    <>
      <p className="lead">
        <Marked text={guide.where} /> About {guide.minutes} minutes.
      </p>
      <Guide guide={guide} prefix="step" />
      {view.downloads.length === 0 ? null : (
        <div className="inline">
          {view.downloads.map(({ label, href }) => (
            <a key={href} className="button quiet small" href={href} target="_blank" rel="noreferrer">
              {label}
            </a>
          ))}
        </div>
      )}
      {guide.asks_back.length === 0 ? null : (
        <div className="panel soft">
          <h2>Bring back with you</h2>
          <ul className="plain">
            {guide.asks_back.map(({ label, note }) => (
              <li key={label}>
                <strong>{label}</strong>
                {note === undefined ? null : (
                  <>
                    {' '}
                    <Marked text={note} />
                  </>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Mistakes guide={guide} />
      <Next back={view.back}>
        <SetupForm action="/setup/vendor" shell={shell}>
          <button type="submit">Done: give us your side</button>
        </SetupForm>
      </Next>
    </>
  );
  return setup_document(frame, shell, { title: `Set it up in ${guide.name}`, body });
}

/** Steps in the vendor's words; every value to type has a button that copies it. */
export function Guide({ guide, prefix }: { guide: SetupGuideView; prefix: string }): ReactNode {
  return (
    <ol className="guide">
      {guide.steps.map((step, at) => (
        <li key={step.title}>
          <div>
            <h2>{step.title}</h2>
            {step.text.map((text) => (
              <p key={text}>
                <Marked text={text} />
              </p>
            ))}
            {step.values.map(({ label, value }, of) => (
              <Copyable key={label} id={`${prefix}-${at}-${of}`} label={label} value={value} long={value.includes('\n')} />
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** What goes wrong there. */
export function Mistakes({ guide }: { guide: SetupGuideView }): ReactNode {
  if (guide.mistakes.length === 0) return null;
  return (
    <details>
      <summary>If something does not work: what goes wrong most often</summary>
      <ul className="rows">
        {guide.mistakes.map(({ mistake, remedy }) => (
          <li className="row top" key={mistake}>
            <div className="grow">
              <strong>
                <Marked text={mistake.replaceAll('**', '')} />
              </strong>
              <small>
                <Marked text={remedy} />
              </small>
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}
