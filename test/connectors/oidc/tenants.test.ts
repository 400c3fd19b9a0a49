import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Check, RedirectConnector } from '../../../connectors/connector.ts';
import { oidc } from '../../../connectors/oidc/oidc.ts';
import {
  accepted,
  CLIENT_ID,
  CLIENT_SECRET,
  HostileProvider,
  ISSUER,
  json_answer,
  make_key,
  refused,
} from '../../support/hostile_provider.ts';

const ENTRA = 'https://login.microsoftonline.com';
const OURS = 'abcdefab-2222-4333-8444-555555555555';
const OTHER_OF_OURS = '99999999-2222-4333-8444-555555555555';
const THEIRS = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const of_tenant = (tenant: string): string => `${ENTRA}/${tenant}/v2.0`;
const key = make_key();

/** Entra ID's endpoint for every tenant, with the places of the provider that is in memory. */
class Entra extends HostileProvider {
  readonly #of_all: string;
  constructor(tenants: readonly string[], of_all = 'organizations') {
    super(key);
    this.#of_all = of_all;
    this.settings = { issuer: `${ENTRA}/${of_all}/v2.0`, tenants };
    this.discovery = (document) => ({
      ...document,
      issuer: `${ENTRA}/{tenantid}/v2.0`,
      authorization_response_iss_parameter_supported: undefined,
    });
    this.claims = (claims) => ({ ...claims, iss: of_tenant(OURS), tid: OURS });
    this.callback = ({ code = '', state = '' }) => ({ parameters: { code, state } });
  }
  override open(): Promise<RedirectConnector> {
    const ask = this.fetch;
    const mine = `${ENTRA}/${this.#of_all}/v2.0/.well-known/openid-configuration`;
    this.tools = {
      ...this.tools,
      fetch: (url, request) => ask(url === mine ? `${ISSUER}/.well-known/openid-configuration` : url, request),
    };
    return super.open();
  }
}

describe('Entra ID for many tenants', () => {
  let entra: Entra;
  beforeEach(() => {
    entra = new Entra([OURS, OTHER_OF_OURS]);
  });

  it('people of the tenants that the connection names are signed in, each by their own issuer', async () => {
    for (const of_all of ['organizations', 'common'])
      for (const tenant of [OURS, OTHER_OF_OURS]) {
        const one = new Entra([OURS, OTHER_OF_OURS], of_all);
        one.claims = (claims) => ({ ...claims, iss: of_tenant(tenant), tid: tenant });
        const identity = await accepted(one);
        assert.equal(identity.subject, 'subject-1');
        assert.deepEqual(identity.attributes['tid'], [tenant]);
      }
  });

  const attacks: Readonly<Record<string, (claims: Record<string, unknown>) => Record<string, unknown>>> = {
    'tenant that the connection does not name': (claims) => ({ ...claims, iss: of_tenant(THEIRS), tid: THEIRS }),
    'personal account': (claims) => {
      const consumers = '9188040d-6c67-4c5b-b112-36a304b66dad';
      return { ...claims, iss: of_tenant(consumers), tid: consumers };
    },
    'tid of our tenant under the issuer of another': (claims) => ({ ...claims, iss: of_tenant(THEIRS), tid: OURS }),
    'tid of another tenant under our issuer': (claims) => ({ ...claims, iss: of_tenant(OURS), tid: THEIRS }),
    'tid of one of our tenants under the issuer of the other': (claims) => ({ ...claims, iss: of_tenant(OURS), tid: OTHER_OF_OURS }),
    'no tid': ({ tid: _tid, ...claims }) => claims,
    'tid that is a list': (claims) => ({ ...claims, tid: [OURS] }),
    'tid in capitals': (claims) => ({ ...claims, iss: of_tenant(OURS.toUpperCase()), tid: OURS.toUpperCase() }),
    'issuer that is the template itself': (claims) => ({ ...claims, iss: `${ENTRA}/{tenantid}/v2.0`, tid: '{tenantid}' }),
    'tid that makes the template another address': (claims) => ({
      ...claims,
      iss: `${ENTRA}/${OURS}/../${THEIRS}/v2.0`,
      tid: `${OURS}/../${THEIRS}`,
    }),
    'tid with a pattern of replacement': (claims) => ({ ...claims, iss: `${ENTRA}/{tenantid}/v2.0`, tid: '$&' }),
    'issuer of the first version': (claims) => ({ ...claims, iss: `https://sts.windows.net/${OURS}/`, tid: OURS }),
    'issuer of the endpoint for all': (claims) => ({ ...claims, iss: `${ENTRA}/organizations/v2.0`, tid: OURS }),
  };
  for (const [attack, change] of Object.entries(attacks))
    it(`${attack}: refused`, async () => {
      entra.claims = (claims) => change({ ...claims, iss: of_tenant(OURS), tid: OURS });
      await refused(entra);
    });

  it('key of another tenant in the common set: refused; of this one, or of every one, taken', async () => {
    for (const [issuer, ok] of [
      [of_tenant(OURS), true],
      [`${ENTRA}/{tenantid}/v2.0`, true],
      [of_tenant(THEIRS), false],
      [of_tenant('9188040d-6c67-4c5b-b112-36a304b66dad'), false],
    ] as const) {
      const one = new Entra([OURS]);
      one.jwks = () => json_answer({ keys: [{ ...key.jwk, issuer }] });
      if (ok) await accepted(one);
      else await refused(one);
    }
  });

  it('signatures are verified there as everywhere', async () => {
    const other = make_key('rsa', key.kid);
    entra.sign = (header, claims) => new HostileProvider(other).sign(header, claims);
    await refused(entra);
  });

  it('the trace says which tenant rule was broken', async () => {
    entra.claims = (claims) => ({ ...claims, iss: of_tenant(THEIRS), tid: THEIRS });
    const checks: Check[] = [];
    await assert.rejects(entra.sign_in({}, undefined, checks));
    assert.match(checks.find(({ name, ok }) => name === 'tenant' && !ok)?.detail ?? '', /does not name \(tid\)/);
  });

  it('a discovery document that names anything but the template is not taken', async () => {
    for (const issuer of [of_tenant(OURS), `${ENTRA}/organizations/v2.0`, 'https://evil.example/{tenantid}/v2.0']) {
      const one = new Entra([OURS]);
      one.discovery = (document) => ({ ...document, issuer });
      await assert.rejects(one.open(), /another issuer/);
    }
  });

  const given = { client_id: CLIENT_ID, client_secret: CLIENT_SECRET };
  for (const [what, settings, path] of [
    ['tenants under an issuer that has none', { issuer: ISSUER, tenants: [OURS] }, 'oidc.tenants'],
    ['tenants under the issuer of one', { issuer: of_tenant(OURS), tenants: [OURS] }, 'oidc.tenants'],
    ['personal accounts', { issuer: `${ENTRA}/consumers/v2.0`, tenants: [OURS] }, 'oidc.tenants'],
    ['no tenant', { issuer: `${ENTRA}/organizations/v2.0`, tenants: [] }, 'oidc.tenants'],
    ['a tenant by its domain', { issuer: `${ENTRA}/organizations/v2.0`, tenants: ['acme.example'] }, 'oidc.tenants.0'],
    ['every tenant, none named', { issuer: `${ENTRA}/organizations/v2.0` }, 'oidc.issuer'],
    ['the first version', { issuer: `${ENTRA}/organizations`, tenants: [OURS] }, 'oidc.tenants'],
  ] as const)
    it(`${what}: the settings say ${path}`, () => {
      const parsed = oidc.parse({ ...given, ...settings });
      assert.ok(!parsed.ok);
      assert.ok(
        parsed.errors.some((error) => error.path === path),
        JSON.stringify(parsed.errors),
      );
    });
});
