import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ConnectionKey, ConnectorError, type RedirectConnector } from '../../../connectors/connector.ts';
import { start_mock_saml } from '../../../src/mock/saml/index.ts';
import { make_signing_key, type SigningKey } from '../../../src/mock/saml/keys.ts';
import { idp_metadata } from '../../../src/mock/saml/metadata.ts';
import { person } from '../../support/people.ts';
import { at_partner, connection_keys, new_handle, saml, TestTools, test_call } from '../../support/saml/connection.ts';

const bob = person('bob');
const MINUTE_MS = 60_000;

/** Tools of somebody who remembers for all processes, and answers what the test says may be used. */
class RememberingTools extends TestTools {
  asked = 0;
  allowed: Readonly<Record<string, unknown>> = {};
  refresh = async (): Promise<Readonly<Record<string, unknown>>> => {
    this.asked++;
    return this.allowed;
  };
}

describe('a response signed by a key that is not known', () => {
  let keys: readonly ConnectionKey[];
  let mock: Awaited<ReturnType<typeof start_mock_saml>>;
  let old: SigningKey;
  let tools: RememberingTools;
  before(async () => {
    keys = await connection_keys();
    tools = new RememberingTools(keys);
    mock = await start_mock_saml({ people: [bob], now: () => tools.time });
    old = await make_signing_key('old', tools.time);
  });
  after(() => mock.close());

  /** What was read when the partner published these keys. */
  const published = async (...signing: SigningKey[]): Promise<Readonly<Record<string, unknown>>> => {
    const parsed = saml.parse({ metadata_xml: idp_metadata(mock.url, mock.entity_id, signing) });
    assert.ok(parsed.ok && parsed.config.source.kind === 'known');
    return { fetched_at: tools.time, partner: parsed.config.source.partner };
  };
  const open = async (resolved: Readonly<Record<string, unknown>>): Promise<RedirectConnector> => {
    const parsed = saml.parse({ metadata_url: mock.metadata_url });
    assert.ok(parsed.ok);
    const connector = saml.open(parsed.config, tools, resolved);
    assert.ok(connector.kind === 'redirect');
    return connector;
  };
  const sign_in = async (connector: RedirectConnector) => {
    const call = test_call();
    const departure = await connector.begin({ handle: new_handle() }, call);
    const answer = await at_partner(departure, { username: bob.username, password: bob.password });
    return { outcome: await connector.finish(answer, departure.pending, call), checks: call.checks };
  };

  it('is accepted once the partner has been asked and publishes that key', async () => {
    tools = new RememberingTools(keys);
    const connector = await open(await published(old));
    tools.allowed = await published(old, mock.key);
    tools.time += 6 * MINUTE_MS;
    const { outcome, checks } = await sign_in(connector);
    assert.ok(outcome.ok);
    assert.equal(tools.asked, 1);
    assert.ok(checks.some(({ name, ok }) => name === 'metadata' && ok));
  });

  it('is refused while the key waits for approval, and makes nobody ask again within five minutes', async () => {
    tools = new RememberingTools(keys);
    tools.allowed = await published(old);
    const connector = await open(tools.allowed);
    tools.time += 6 * MINUTE_MS;
    for (const expected of [1, 1, 1]) {
      await assert.rejects(sign_in(connector), (error) => error instanceof ConnectorError && error.reason === 'untrusted');
      assert.equal(tools.asked, expected);
    }
    tools.time += 6 * MINUTE_MS;
    await assert.rejects(sign_in(connector));
    assert.equal(tools.asked, 2);
    assert.equal(tools.fetched.length, 0, 'nothing is fetched past whoever remembers');
  });
});
