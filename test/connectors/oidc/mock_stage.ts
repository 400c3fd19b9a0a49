import type { Callback, Identity } from '../../../connectors/connector.ts';
import { start_mock_oidc } from '../../../src/mock/oidc/index.ts';
import type { Careless, Condition, Fault, RedirectStage, StagedPartner, Who } from '../../conformance/redirect_connector.ts';
import { Browser } from '../../support/browser.ts';
import { at_provider, new_handle, noted_call, oidc_tools, open_oidc } from '../../support/oidc_connector.ts';
import { person } from '../../support/people.ts';

/** Which switch of the mock makes which condition of the suite. */
const SWITCHES: Readonly<Record<Exclude<Condition, 'well' | 'person_cancels'> | Careless | Fault, string>> = {
  person_not_allowed: 'access_denied',
  partner_reports_an_error: 'server_error',
  changed_after_signing: 'bad_signature',
  not_signed: 'unsigned',
  signed_by_another_key: 'unknown_key',
  signed_with_a_broken_algorithm: 'hs256',
  for_another_application: 'wrong_audience',
  issued_by_somebody_else: 'wrong_issuer',
  expired: 'expired',
  issued_in_the_future: 'clock_skew',
  answers_another_request: 'wrong_nonce',
  answers_no_request: 'no_nonce',
  an_old_message_again: 'replay',
  without_a_subject: 'empty_subject',
  authenticated_an_hour_ago: 'old_authentication',
  in_another_context: 'other_context',
  dead: 'dead',
  error_500: 'error_500',
  slow: 'slow',
};

const people = {
  good: person('alice', { id: 'alice-0001', email: 'alice@partner.example', groups: ['Staff', 'Engineering'] }),
  unicode: person('zoë', { id: 'Zoë 🦉 <&> "日本"', display_name: 'Łukasz 𝒳', email: 'zoe@partner.example', groups: ['Ünïcode & Söhne'] }),
};
const staged = (who: Who) => {
  const { id, username, email = '', display_name = '', groups, password } = people[who];
  return { subject: id, attributes: { preferred_username: [username], email: [email], name: [display_name], groups }, password };
};
const CLIENT_SECRET = 'the secret of the client, with + and :';

async function open(): Promise<StagedPartner> {
  const mock = await start_mock_oidc({ people: Object.values(people), client_secret: CLIENT_SECRET });
  const { issuer, client_id, client_secret } = mock;
  const connector = await open_oidc({ issuer, client_id, client_secret }, oidc_tools());
  let cancels = false;

  const posted = (logout_token: string): Callback => ({ method: 'POST', parameters: { logout_token }, repeated: [] });
  const token =
    (changes: Readonly<Record<string, unknown>>, header: Readonly<Record<string, unknown>> = {}) =>
    async ({ subject, session }: Identity): Promise<Callback> =>
      posted(await mock.logout_token({ sub: subject, sid: session?.['sid'], ...changes }, header));
  const seconds = Math.floor(Date.now() / 1000);

  const partner: StagedPartner = {
    connector,
    now: Date.now,
    async sign_in(hint = {}, { who = 'good', browser = new Browser() } = {}) {
      const handle = hint.handle ?? new_handle();
      const departure = await connector.begin({ ...hint, handle }, noted_call());
      const { username, password } = people[who];
      const fields = cancels ? { action: 'cancel' } : { username, password };
      return { handle, pending: departure.pending, callback: await at_provider(departure, fields, browser) };
    },
    set(condition) {
      mock.switches.reset();
      cancels = condition === 'person_cancels';
      if (condition !== undefined && condition !== 'well' && condition !== 'person_cancels') mock.switches.set(SWITCHES[condition], true);
    },
    async step_that_asks() {
      const { callback, pending } = await partner.sign_in();
      return (call) => connector.finish(callback, pending, call);
    },
    logout: {
      request: token({}),
      forged: {
        'an ID token': token({ events: undefined, nonce: 'n', jti: undefined }, { typ: 'JWT' }),
        'with a nonce': token({ nonce: 'n' }),
        'without events': token({ events: undefined }),
        'of another event': token({ events: { 'http://schemas.openid.net/event/other': {} } }),
        'events by inheritance': token({ events: [] }),
        'for another client': token({ aud: 'another-client' }),
        'of another issuer': token({ iss: 'https://somebody-else.example' }),
        'about nobody': token({ sub: undefined, sid: undefined }),
        'without jti': token({ jti: undefined }),
        'without iat': token({ iat: undefined }),
        'of an hour ago': token({ iat: seconds - 3600, exp: seconds + 60 }),
        'of the future': token({ iat: seconds + 3600, exp: seconds + 7200 }),
        expired: token({ exp: seconds - 600 }),
        'of another type': token({}, { typ: 'at+jwt' }),
        'of a critical extension': token({}, { crit: ['b64'], b64: true }),
        async 'signed by a stranger'(identity) {
          mock.switches.set('unknown_key', true);
          const callback = await token({})(identity);
          mock.switches.reset();
          return callback;
        },
        async 'changed after it was signed'(identity) {
          const [head, , signature] = (await mock.logout_token({ sub: identity.subject })).split('.');
          const [, other] = (await mock.logout_token({ sub: 'victim' })).split('.');
          return posted([head, other, signature].join('.'));
        },
        async 'not signed'(identity) {
          const [, claims] = (await mock.logout_token({ sub: identity.subject })).split('.');
          return posted(`${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims ?? ''}.`);
        },
        async 'sent twice in one form'(identity) {
          return { ...(await token({})(identity)), repeated: ['logout_token'] };
        },
      },
    },
    close: () => mock.close(),
  };
  return partner;
}

/** The mock OpenID provider as a stage. */
export const mock_stage: RedirectStage = {
  name: 'the mock OIDC partner',
  people: { good: staged('good'), unicode: staged('unicode') },
  email_verified: true,
  acr: 'urn:mock:two-factors',
  answer_parameters: ['code'],
  secrets: [CLIENT_SECRET],
  complaints: [],
  conditions: ['well', 'person_cancels', ...(Object.keys(SWITCHES) as (keyof typeof SWITCHES)[])],
  open,
};
