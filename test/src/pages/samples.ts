import * as pages from '../../../src/pages/index.ts';

export const nonce = 'bm9uY2Utb2YtdGhlLXRlc3Q';
const time = new Date('2026-03-02T09:41:00Z');
const csrf = 'token-of-the-form';

export interface SampleWords {
  readonly organization: string;
  readonly app: string;
  readonly person: string;
  readonly email: string;
}

export const plain: SampleWords = { organization: 'Acme', app: 'Initech Planner', person: 'Ada Park', email: 'ada@acme.example' };
/** A name that tries to be markup, an attribute, a script, a message format and a style all at once. */
export const hostile = `<img src=x onerror=alert(1)>"'</script></style></title>{x, plural}{{y}} &amp;`;

/** The frame of a test. */
export function sample_frame(locale: pages.Locale, words: SampleWords = plain): pages.Frame {
  return {
    locale,
    nonce,
    request_id: 'req_01',
    brand: {
      name: words.organization,
      accent: '#0f766e',
      support_contact: 'it-help@acme.example',
      support_url: 'https://help.acme.example/',
      privacy_url: '/privacy',
      terms_url: '/terms',
    },
  };
}

/** Every page in every state that looks different, by name. */
export function sample_pages(frame: pages.Frame, w: SampleWords = plain): ReadonlyMap<string, string> {
  const error = (code: string, status: number) =>
    pages.error_page(
      {
        ...pages.error_words(code, frame.locale),
        status,
        contact: `${w.organization} IT`,
        reference: 'ref_7Q2M4KD9XA',
        code,
        time,
        retry_url: '/login/again',
        app_url: 'https://planner.initech.example/',
        app_name: w.app,
      },
      frame,
    );
  const identifier = { action: '/login/1/identifier', csrf, app_name: w.app };
  const password = { action: '/login/1/password', csrf, organization_name: w.organization, forgot_url: 'https://password.acme.example/' };
  const choice = (id: string, name: string) => ({ id, name });
  return new Map([
    ['identifier', pages.identifier_page(identifier, frame)],
    [
      'identifier_remembered',
      pages.identifier_page(
        { ...identifier, remembered: { organization_name: w.organization, action: '/login/1/go', forget_action: '/login/1/forget' } },
        frame,
      ),
    ],
    ['identifier_error', pages.identifier_page({ ...identifier, email: w.email, error: 'organization_unknown' }, frame)],
    [
      'organizations',
      pages.organizations_page(
        {
          action: '/login/1/organization',
          csrf,
          organizations: [choice('1', w.organization), { ...choice('2', 'Globex'), hint: 'globex.example', last_used: true }],
        },
        frame,
      ),
    ],
    [
      'connections',
      pages.connections_page(
        {
          action: '/login/1/connection',
          csrf,
          organization_name: w.organization,
          connections: [{ ...choice('1', 'Entra ID'), last_used: true }, choice('2', w.person)],
        },
        frame,
      ),
    ],
    ['password', pages.password_page({ ...password, username: w.email, other_url: '/login/1' }, frame)],
    ['password_error', pages.password_page({ ...password, username: w.email, error: 'invalid_credentials' }, frame)],
    [
      'password_expired',
      pages.password_expired_page(
        { organization_name: w.organization, reason: 'expired', change_url: 'https://password.acme.example/', retry_url: '/login/1' },
        frame,
      ),
    ],
    ['password_must_change', pages.password_expired_page({ organization_name: w.organization, reason: 'must_change' }, frame)],
    [
      'redirect',
      pages.redirect_page(
        { action: 'https://idp.acme.example/sso', fields: { SAMLRequest: 'PHNhbWw+', RelayState: w.person }, destination: w.organization },
        frame,
      ),
    ],
    ['error', error('partner_unreachable', 502)],
    ['error_refused', error('denied', 403)],
    [
      'consent',
      pages.consent_page(
        {
          action: '/consent',
          csrf,
          app_name: w.app,
          user: w.email,
          scopes: [{ name: 'openid' }, { name: 'email' }, { name: 'offline_access' }, { name: 'plans:read', description: w.person }],
        },
        frame,
      ),
    ],
    ['device_code', pages.device_code_page({ action: '/device', csrf }, frame)],
    ['device_code_error', pages.device_code_page({ action: '/device', csrf, code: 'WDJB-MJHX', error: 'code_invalid' }, frame)],
    [
      'device_confirm',
      pages.device_confirm_page(
        { action: '/device', csrf: { name: 'xsrf', value: csrf }, code: 'WDJB-MJHT', app_name: w.app, user: w.email },
        frame,
      ),
    ],
    ['device_done', pages.device_done_page({ outcome: 'connected' }, frame)],
    ['device_denied', pages.device_done_page({ outcome: 'denied' }, frame)],
    [
      'logout_confirm',
      pages.logout_confirm_page({ action: '/logout/confirm', csrf: { name: 'xsrf', value: csrf }, app_name: w.app, user: w.email }, frame),
    ],
    [
      'signed_out',
      pages.signed_out_page(
        {
          apps: [
            { name: w.app, state: 'told' },
            { name: 'Globex Board', state: 'failed' },
            { name: 'Ledger', state: 'pending' },
          ],
          return_url: 'https://planner.initech.example/',
          return_name: w.app,
        },
        frame,
      ),
    ],
    [
      'sessions',
      pages.sessions_page(
        {
          csrf,
          user: w.email,
          end_all_action: '/account/sessions/end-all',
          sessions: [
            {
              id: '1',
              current: true,
              started_at: time,
              apps: [w.app, 'Ledger'],
              browser: 'Firefox, Linux',
              ip: '192.0.2.7',
              end_action: '/account/sessions/end',
            },
            { id: '2', current: false, started_at: time, apps: [], browser: w.person, end_action: '/account/sessions/end' },
          ],
          identities: [{ connection_name: 'Entra ID', account: w.email, last_used: time }],
        },
        frame,
      ),
    ],
    [
      'link_confirm',
      pages.link_confirm_page(
        { action: '/login/1/link', csrf, email: w.email, organization_name: w.organization, connection_name: 'Entra ID' },
        frame,
      ),
    ],
    ['test_failed', test_result(frame, w, true)],
    ['test_passed', test_result(frame, w, false)],
  ]);
}

function test_result(frame: pages.Frame, w: SampleWords, failing: boolean): string {
  return pages.test_result_page(
    {
      connection_name: `${w.organization} SAML`,
      reference: 'ref_7Q2M4KD9XA',
      time,
      back_url: '/setup',
      checks: [
        { name: 'Signature', result: 'passed', detail: 'Assertion signed with RSA-SHA256, certificate 4F:9A:…:21' },
        failing
          ? {
              name: 'Audience',
              result: 'failed',
              detail: `https://wrong.acme.example, ${w.person}`,
              fix: 'Set “Audience URI (SP Entity ID)” to https://id.initech.example/saml/acme.',
            }
          : { name: 'Audience', result: 'passed' },
        { name: 'Groups', result: 'skipped' },
      ],
      values: [
        { name: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress', values: [w.email] },
        { name: 'groups', values: ['planners', 'everybody', w.person] },
      ],
      unverified: failing,
      user: failing
        ? undefined
        : [
            { name: 'email', values: [w.email] },
            { name: 'name', values: [w.person] },
          ],
    },
    frame,
  );
}
