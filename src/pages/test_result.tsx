import type { ReactNode } from 'react';
import { web_address } from './brand.ts';
import { document, type Frame, words } from './frame.tsx';
import type { MessageKey } from './messages/en.ts';
import { type NamedValues, NamedValuesTable } from './named_values.tsx';
import { Icon, Shape } from './parts.tsx';
import { moment, type Translate } from './translate.ts';

export interface TestResultView {
  readonly connection_name: string;
  readonly checks: readonly TestCheck[];
  /** What the partner sent, decoded, under its own names. */
  readonly values: readonly NamedValues[];
  /** It is what a refused message says of itself: nobody vouches for it. */
  readonly unverified?: boolean | undefined;
  /** The user as it would be after mapping; absent if none would result. */
  readonly user?: readonly NamedValues[] | undefined;
  readonly reference: string;
  readonly time: Date;
  readonly back_url?: string | undefined;
}

export interface TestCheck {
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly detail?: string | undefined;
  /** What to change, and where. */
  readonly fix?: string | undefined;
}

const marks: Readonly<Record<TestCheck['result'], { shape: 'check' | 'cross' | 'dash'; tone: string; key: MessageKey }>> = {
  passed: { shape: 'check', tone: 'good', key: 'test.passed' },
  failed: { shape: 'cross', tone: 'bad', key: 'test.failed' },
  skipped: { shape: 'dash', tone: '', key: 'test.skipped' },
};

/** What a test sign-in showed: each check, what came, who would result. P10 and C16. */
export function test_result_page(view: TestResultView, frame: Frame): string {
  const t = words(frame);
  const failed = view.checks.filter((check) => check.result === 'failed').length;
  const title = t(failed === 0 ? 'test.title_ok' : 'test.title_failed');
  const connection = view.connection_name;
  const back = web_address(view.back_url);
  const heads = { name: t('test.name'), value: t('test.value') };
  const body = (
    <>
      <Icon name={failed === 0 ? 'check' : 'cross'} tone={failed === 0 ? 'good' : 'bad'} />
      <h1>{title}</h1>
      <p className="lead">{failed === 0 ? t('test.lead_ok', { connection }) : t('test.lead_failed', { connection, count: failed })}</p>
      <h2>{t('test.checks')}</h2>
      <ul className="rows">
        {view.checks.map((check) => (
          <Check key={check.name} check={check} t={t} />
        ))}
      </ul>
      <h2 id="values">{t('test.values', { connection })}</h2>
      {view.unverified === true ? <p className="fine">{t('test.unverified')}</p> : null}
      {view.values.length === 0 ? <p>{t('test.no_values')}</p> : <NamedValuesTable labelled_by="values" rows={view.values} heads={heads} />}
      {view.user === undefined ? null : (
        <>
          <h2 id="user">{t('test.user')}</h2>
          <NamedValuesTable labelled_by="user" rows={view.user} heads={heads} />
        </>
      )}
      <dl>
        <dt>{t('common.reference')}</dt>
        <dd>
          <code dir="ltr">{view.reference}</code>
        </dd>
        <dt>{t('common.time')}</dt>
        <dd>
          <time dateTime={view.time.toISOString()}>{moment(frame.locale, view.time)}</time>
        </dd>
      </dl>
      {back === undefined ? null : (
        <div className="actions">
          <a className="button" href={back}>
            {t('test.back')}
          </a>
        </div>
      )}
    </>
  );
  return document(frame, { title, body, wide: true });
}

function Check({ check, t }: { check: TestCheck; t: Translate }): ReactNode {
  const mark = marks[check.result];
  return (
    <li className="row top">
      <Shape name={mark.shape} tone={mark.tone} />
      <div className="grow">
        <strong>{check.name}</strong> <span className={`badge ${mark.tone}`}>{t(mark.key)}</span>
        {check.detail === undefined ? null : <small>{check.detail}</small>}
        {check.fix === undefined ? null : (
          <div className="fix">
            <strong>{t('test.fix')}</strong>
            <div>{check.fix}</div>
          </div>
        )}
      </div>
    </li>
  );
}
