import type { ReactNode } from 'react';
import type { Frame } from '../frame.tsx';
import { Icon } from '../parts.tsx';
import { moment } from '../translate.ts';
import type { NamedValues } from '../named_values.tsx';
import { Checks, Next, Onward, SetupForm, Values } from './parts.tsx';
import { setup_document } from './shell.tsx';
import type { SetupCheck, SetupShell } from './view.ts';

export interface SetupTestView {
  readonly guide_name: string;
  readonly test: SetupTestResult | undefined;
  readonly back: string;
  readonly next: string;
}

export interface SetupTestResult {
  /** `stale`: it passed, and settings have changed since. */
  readonly state: 'waiting' | 'passed' | 'failed' | 'stale';
  readonly reference: string;
  readonly at: Date;
  readonly checks: readonly SetupCheck[];
  /** What the partner said, decoded. */
  readonly values: readonly NamedValues[];
  /** What a message that was refused says of itself: nobody vouches for it. */
  readonly unverified: boolean;
  /** The account that would result. */
  readonly user: readonly NamedValues[] | undefined;
}

/** A real sign-in that creates nobody: what was checked, what came, who would result. P10. */
export function setup_test_page(view: SetupTestView, shell: SetupShell, frame: Frame): string {
  const { test } = view;
  const passed = test?.state === 'passed';
  const body = (
    <>
      <p className="lead">
        Sign in once as one of your people. It opens in a new tab, makes no account, and works though nothing is switched on yet. Then you
        see here what arrived, and what to change if something is not right.
      </p>
      <div className="inline">
        <SetupForm action="/setup/test" shell={shell} new_tab>
          <button type="submit" className={passed ? 'quiet' : undefined}>
            {test === undefined ? 'Try a sign-in' : 'Try again'}
          </button>
        </SetupForm>
      </div>
      <div id="result" {...(test?.state === 'waiting' && { 'data-live': '' })}>
        {test === undefined ? null : <Result test={test} guide_name={view.guide_name} />}
        <Next back={view.back}>
          {passed ? <Onward href={view.next} /> : <span className="fine">One test has to pass before it can be switched on.</span>}
        </Next>
      </div>
    </>
  );
  return setup_document(frame, shell, { title: 'Try it', body });
}

const titles: Readonly<Record<SetupTestResult['state'], string>> = {
  waiting: 'Waiting for the sign-in in the other tab',
  passed: 'The test passed',
  failed: 'The test did not pass',
  stale: 'It passed, but settings have changed since',
};

function Result({ test, guide_name }: { test: SetupTestResult; guide_name: string }): ReactNode {
  const failed = test.checks.filter((check) => !check.ok).length;
  const leads: Readonly<Record<SetupTestResult['state'], string>> = {
    waiting: 'Finish it there. If you closed that tab, try again.',
    passed: failed === 0 ? 'Everything that was looked at is as it should be.' : 'It works. What is crossed is worth a look all the same.',
    failed: `${failed === 1 ? 'One thing is' : `${failed} things are`} not as it should be: see below what to change. Then try again.`,
    stale: 'Try again, so that what is switched on is what was tried.',
  };
  const tone = { waiting: 'calm', passed: 'good', failed: 'bad', stale: 'calm' } as const;
  return (
    <section className="panel" aria-labelledby="outcome">
      <div className="outcome">
        <Icon name={test.state === 'passed' ? 'check' : test.state === 'failed' ? 'cross' : 'alert'} tone={tone[test.state]} />
        <div>
          <h2 id="outcome">{titles[test.state]}</h2>
          <p>{leads[test.state]}</p>
        </div>
      </div>
      {test.checks.length === 0 ? null : (
        <>
          <h3>What was checked</h3>
          <Checks checks={ordered(test.checks)} vendor={guide_name} />
        </>
      )}
      {test.user === undefined ? null : (
        <>
          <h2 id="user">The account that would result</h2>
          <Values rows={test.user} labelled_by="user" />
        </>
      )}
      {test.values.length === 0 ? null : (
        <details open={test.state !== 'passed'}>
          <summary id="said">{test.unverified ? 'What the refused message says (not verified)' : 'What arrived, decoded'}</summary>
          <Values rows={test.values} labelled_by="said" />
        </details>
      )}
      <dl>
        <dt>Reference</dt>
        <dd>
          <code>{test.reference}</code>
        </dd>
        <dt>Time</dt>
        <dd>
          <time dateTime={test.at.toISOString()}>{moment('en', test.at)}</time>
        </dd>
      </dl>
    </section>
  );
}

/** What is wrong first. */
const ordered = (checks: readonly SetupCheck[]): SetupCheck[] => [
  ...checks.filter((check) => !check.ok),
  ...checks.filter((check) => check.ok),
];
