import type { ConnectionKey, Identity } from '../../../connectors/connector.ts';
import { start_mock_saml } from '../../../src/mock/saml/index.ts';
import { type LogoutAbout, logout_request_xml, logout_url } from '../../../src/mock/saml/logout.ts';
import { PERSISTENT } from '../../../src/mock/saml/names.ts';
import { make_signing_key, type SigningKey } from '../../../src/mock/saml/keys.ts';
import type { Careless, Condition, Fault, RedirectStage, StagedPartner, Who } from '../../conformance/redirect_connector.ts';
import { Browser } from '../../support/browser.ts';
import { person } from '../../support/people.ts';
import {
  at_partner,
  callback_of,
  connection_keys,
  new_handle,
  open_saml,
  saml,
  SP,
  TestTools,
  test_call,
} from '../../support/saml/connection.ts';

/** Which switch of the mock makes which condition of the suite. */
const SWITCHES: Readonly<Record<Exclude<Condition, 'well' | 'person_cancels'> | Careless | Fault, string>> = {
  person_not_allowed: 'status_denied',
  partner_reports_an_error: 'status_error',
  changed_after_signing: 'bad_signature',
  not_signed: 'unsigned',
  signed_by_another_key: 'unknown_key',
  signed_with_a_broken_algorithm: 'sha1',
  for_another_application: 'wrong_audience',
  issued_by_somebody_else: 'wrong_issuer',
  expired: 'expired',
  issued_in_the_future: 'clock_skew',
  answers_another_request: 'wrong_in_response_to',
  answers_no_request: 'no_in_response_to',
  an_old_message_again: 'replay',
  without_a_subject: 'no_name_id',
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
const attributes_of = (who: Who) => ({
  uid: [people[who].username],
  mail: [people[who].email ?? ''],
  groups: people[who].groups,
  ...(people[who].display_name !== undefined && { displayName: [people[who].display_name] }),
});

async function open(keys: readonly ConnectionKey[], stranger: SigningKey): Promise<StagedPartner> {
  const tools = new TestTools(keys);
  tools.now = Date.now;
  const mock = await start_mock_saml({ people: Object.values(people) });
  const settings = { metadata_url: mock.metadata_url };
  const connector = await open_saml(settings, tools);
  let cancels = false;

  const about = (more: Partial<LogoutAbout> = {}): LogoutAbout => ({
    issuer: mock.entity_id,
    destination: SP.slo_url,
    now: Date.now(),
    key: mock.key,
    ...more,
  });
  const logout_by = (identity: Identity, more: Partial<LogoutAbout> = {}, change = (xml: string): string => xml) => {
    const it = about(more);
    const xml = change(logout_request_xml(it, identity.session?.['name_id'] ?? '', PERSISTENT, identity.session?.['session_index']));
    return callback_of({ method: 'GET', url: logout_url('SAMLRequest', xml, it, undefined) });
  };

  return {
    connector,
    now: Date.now,
    async sign_in(hint = {}, { who = 'good', browser = new Browser() } = {}) {
      const handle = hint.handle ?? new_handle();
      const { send, pending } = await connector.begin({ ...hint, handle }, test_call());
      const { username, password } = people[who];
      return {
        handle,
        pending,
        callback: await at_partner({ send, pending }, cancels ? { action: 'cancel' } : { username, password }, browser),
      };
    },
    set(condition) {
      mock.switches.reset();
      cancels = condition === 'person_cancels';
      if (condition !== undefined && condition !== 'well' && condition !== 'person_cancels') mock.switches.set(SWITCHES[condition], true);
    },
    async step_that_asks() {
      // its metadata is what a connection asks a partner for; this one has not seen it yet
      const parsed = saml.parse(settings);
      if (!parsed.ok) throw new Error('the settings of the stage are wrong');
      const unseen = saml.open(parsed.config, tools, {});
      if (unseen.kind !== 'redirect') throw new Error('SAML is a redirect connector');
      return (call) => unseen.begin({ handle: new_handle() }, call);
    },
    logout: {
      request: async (identity) => logout_by(identity),
      forged: {
        'signed by a stranger': async (identity) => logout_by(identity, { key: stranger }),
        'not signed': async (identity) => {
          const { parameters } = logout_by(identity);
          const bare = { SAMLRequest: parameters['SAMLRequest'] ?? '' };
          return { method: 'GET', parameters: bare, repeated: [], query: new URLSearchParams(bare).toString() };
        },
        'changed after it was signed': async (identity) => {
          const [honest, other] = [logout_by(identity), logout_by({ ...identity, session: { ...identity.session, name_id: 'victim' } })];
          const parameters = { ...honest.parameters, SAMLRequest: other.parameters['SAMLRequest'] ?? '' };
          return { method: 'GET', parameters, repeated: [], query: new URLSearchParams(parameters).toString() };
        },
        'issued by somebody else': async (identity) => logout_by(identity, { issuer: 'https://somebody-else.example' }),
        'for another application': async (identity) => logout_by(identity, { destination: 'https://elsewhere.example/slo' }),
        'of an hour ago': async (identity) => logout_by(identity, { now: Date.now() - 3_600_000 }),
        'of the future': async (identity) => logout_by(identity, { now: Date.now() + 3_600_000 }),
        'a comment in the NameID': async (identity) =>
          logout_by(identity, {}, (xml) => xml.replace('</saml:NameID>', '<!---->.evil</saml:NameID>')),
        'two NameIDs': async (identity) =>
          logout_by(identity, {}, (xml) => xml.replace(/<saml:NameID.*<\/saml:NameID>/s, (found) => found + found)),
        'RelayState put in afterwards': async (identity) => {
          const honest = logout_by(identity);
          const parameters = { ...honest.parameters, RelayState: 'evil' };
          return { method: 'GET', parameters, repeated: [], query: `${honest.query ?? ''}&RelayState=evil` };
        },
        'by POST without a signature of its own': async (identity) => {
          const it = about();
          const xml = logout_request_xml(it, identity.subject, PERSISTENT, undefined);
          return { method: 'POST', parameters: { SAMLRequest: Buffer.from(xml).toString('base64') }, repeated: [] };
        },
      },
    },
    async close() {
      await mock.close();
    },
  };
}

/** The mock SAML identity provider as a stage. Our keys are made once: they take their time. */
export async function mock_stage(): Promise<RedirectStage> {
  const [keys, stranger] = await Promise.all([connection_keys(Date.now() - 86_400_000), make_signing_key('stranger', Date.now())]);
  return {
    name: 'the mock SAML partner',
    people: {
      good: { subject: people.good.id, attributes: attributes_of('good'), password: people.good.password },
      unicode: { subject: people.unicode.id, attributes: attributes_of('unicode'), password: people.unicode.password },
    },
    email_verified: undefined,
    acr: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
    answer_parameters: ['SAMLResponse'],
    secrets: keys.map(({ private_key_pem }) => private_key_pem),
    complaints: [],
    conditions: ['well', 'person_cancels', ...(Object.keys(SWITCHES) as (keyof typeof SWITCHES)[])],
    open: () => open(keys, stranger),
  };
}
