import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { start_mock_saml } from '../../src/mock/index.ts';
import { make_signing_key, type SigningKey } from '../../src/mock/saml/keys.ts';
import { assertion_xml, type Answer, response_xml } from '../../src/mock/saml/response.ts';
import { sign_element } from '../../src/mock/saml/sign.ts';
import { Browser, type Page } from '../support/browser.ts';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { person } from '../support/people.ts';
import { reference_of } from '../support/reference.ts';
import { arrive, type RelyingParty, relying_party } from '../support/relying_party.ts';
import { encrypt_for, type EncryptOptions } from '../support/saml/encryption.ts';
import { public_key_of } from '../support/saml/signer.ts';
import { add_client, add_connection, add_organization, type Connected, saml_settings, type Tenant } from '../support/tenant.ts';

const ann = person('ann');

interface Trace {
  readonly code: string;
  readonly steps: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

describe('what a browser brings to the address for SAML answers', () => {
  let broker: TestBroker;
  let mock: Awaited<ReturnType<typeof start_mock_saml>>;
  let tenant: Tenant;
  let connected: Connected;
  let app: RelyingParty;
  let stranger: SigningKey;
  let our_certificate: string;
  before(async () => {
    broker = await start_broker({ POSTERN_RATE_LIMITS: 'off' });
    mock = await start_mock_saml({ people: [ann] });
    stranger = await make_signing_key('stranger', Date.now());
    tenant = await add_organization(broker, 'acme', 'Acme');
    connected = await add_connection(broker, tenant, saml_settings(mock));
    app = await relying_party({ issuer: broker.issuer, ...(await add_client(broker)) });
    const metadata = await (await fetch(`${broker.issuer}/saml/${connected.id}/metadata`)).text();
    const key = /<md:KeyDescriptor use="encryption">.*?<ds:X509Certificate>([^<]*)/s.exec(metadata)?.[1] ?? '';
    our_certificate = `-----BEGIN CERTIFICATE-----\n${key}\n-----END CERTIFICATE-----`;
  });
  after(async () => {
    await mock.close();
    await broker.stop();
  });

  const acs = (): string => `${broker.issuer}/saml/${connected.id}/acs`;
  const post = (fields: Readonly<Record<string, string>>, path = acs()): Promise<Page> =>
    new Browser().open(path, { method: 'POST', body: new URLSearchParams(fields), cross_site: true });
  const base64 = (xml: string): string => Buffer.from(xml).toString('base64');

  /** A sign-in as far as the partner's page: what its answer has to name. */
  async function asked(): Promise<{ relay_state: string; answer: Answer }> {
    const browser = new Browser();
    const page = await arrive(browser, app, (await app.begin({ organization: 'acme' })).url);
    const form = await browser.submit(page, { username: ann.username, password: ann.password });
    const { SAMLResponse = '', RelayState = '' } = form.forms[0]?.fields ?? {};
    const in_response_to = /InResponseTo="([^"]*)"/.exec(Buffer.from(SAMLResponse, 'base64').toString())?.[1];
    const answer: Answer = {
      response_id: '_response1',
      assertion_id: '_assertion1',
      issuer: mock.entity_id,
      destination: acs(),
      recipient: acs(),
      audience: connected.service_provider['entity_id'] ?? '',
      in_response_to,
      name_id: ann.id,
      attributes: {},
      issued_at: Date.now(),
      session_index: '_session1',
    };
    return { relay_state: RelayState, answer };
  }

  /** A page without what differs from one refusal to the next in any case. */
  const seen = (page: Page): string =>
    page.html
      .replaceAll(reference_of(page), 'REFERENCE')
      .replace(/<time[^>]*>[^<]*<\/time>/g, 'TIME')
      .replace(/content="req_[^"]*"/g, 'REQUEST')
      .replace(/nonce="[^"]*"/g, 'NONCE')
      .replaceAll(/\/login\/[\w-]+/g, '/login/UID');

  it('is refused with one and the same page, whatever is wrong with signature, encryption or structure (decryption oracle)', async () => {
    const { relay_state, answer } = await asked();
    const key = public_key_of(our_certificate);
    const sealed = (assertion: string, options: EncryptOptions = {}): string =>
      response_xml(answer, encrypt_for(key, assertion, 'saml:EncryptedAssertion', options));
    const assertion = assertion_xml(answer);
    const signed = sign_element(assertion, 'Assertion', mock.key);
    const good = sealed(signed, { cipher: 'aes256-cbc' });
    const content = /(.*<xenc:CipherValue>)([^<]*)(<.*)/s.exec(good) ?? [];
    const changed = (at: number): string => {
      const bytes = Buffer.from(content[2] ?? '', 'base64');
      bytes[at < 0 ? bytes.length + at : at] = (bytes.at(at) ?? 0) ^ 1;
      return `${content[1] ?? ''}${bytes.toString('base64')}${content[3] ?? ''}`;
    };
    const padded = (text: string, count: number): EncryptOptions => {
      const bytes = Buffer.alloc(Math.ceil((text.length + 1) / 16) * 16, 0x20);
      bytes.write(text);
      bytes[bytes.length - 1] = count;
      return { cipher: 'aes256-cbc', content: bytes };
    };
    const wrong: Readonly<Record<string, string>> = {
      'CBC: wrong padding': sealed('', padded(signed, 0)),
      'CBC: right padding, no XML': sealed('', padded('no XML', 1)),
      'CBC: first block changed': changed(0),
      'CBC: last block but one changed': changed(-17),
      'CBC: last block changed': changed(-1),
      'GCM: tag changed': sealed(signed).replace(/.{4}(?=<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>)/, 'AAAA'),
      'the key is wrapped for somebody else': response_xml(
        answer,
        encrypt_for(public_key_of(stranger.certificate_pem), signed, 'saml:EncryptedAssertion'),
      ),
      'OAEP with another label': sealed(signed, { label: Buffer.from('x') }).replace(/(<xenc:OAEPparams>)[^<]*/, '$1eQ=='),
      'RSA 1.5': good.replace('rsa-oaep-mgf1p', 'rsa-1_5'),
      '3DES': good.replace('#aes256-cbc', '#tripledes-cbc'),
      'encrypted, not signed': sealed(assertion),
      'encrypted, signed by another key': sealed(sign_element(assertion, 'Assertion', stranger)),
      'encrypted, changed after it was signed': sealed(signed.replace(ann.id, 'victim')),
      'encrypted, no assertion': sealed('<x/>'),
      'encrypted, not well-formed': sealed(signed.slice(0, -1)),
      'not signed': response_xml(answer, assertion),
      'signed by another key': response_xml(answer, sign_element(assertion, 'Assertion', stranger)),
      'changed after it was signed': response_xml(answer, signed.replace(ann.id, 'victim')),
      'SHA-1': response_xml(
        answer,
        sign_element(assertion, 'Assertion', mock.key, { signature_algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }),
      ),
      'two assertions': response_xml(answer, signed + signed.replaceAll('_assertion1', '_assertion2')),
      'a DOCTYPE': `<!DOCTYPE x>${response_xml(answer, signed)}`,
      'for another application': response_xml(
        answer,
        sign_element(assertion_xml({ ...answer, audience: 'urn:other' }), 'Assertion', mock.key),
      ),
      'for another address': response_xml({ ...answer, destination: 'https://other.example/acs' }, signed),
      'issued by somebody else': response_xml({ ...answer, issuer: 'https://other.example' }, signed),
      'answers another request': response_xml({ ...answer, in_response_to: '_other' }, signed),
      'another message of SAML': response_xml(answer, signed).replaceAll('samlp:Response', 'samlp:LogoutRequest'),
      'no XML': 'no XML',
    };
    const pages = new Map<string, string[]>();
    const reasons = new Set<string>();
    for (const [name, xml] of [...Object.entries(wrong), ['not base64', undefined] as const, ['nothing', ''] as const]) {
      const page = await post({ SAMLResponse: xml === undefined ? '!' : base64(xml), RelayState: relay_state });
      assert.equal(page.status, 400, name);
      assert.equal(page.headers.get('content-length'), String(Buffer.byteLength(page.html)), name);
      const trace = await broker.api<Trace>('GET', `/login-traces/${reference_of(page)}`);
      assert.equal(trace.code, 'answer_invalid', `${name}: ${JSON.stringify(trace.steps)}`);
      reasons.add(
        trace.steps
          .filter(({ ok }) => !ok)
          .map(({ detail }) => detail)
          .join(),
      );
      pages.set(seen(page), [...(pages.get(seen(page)) ?? []), name]);
    }
    assert.equal(pages.size, 1, JSON.stringify([...pages.values()]));
    // operators are told more, but never how a decryption failed
    assert.ok(reasons.size > 12, [...reasons].join('\n'));
    // and the sign-in is still open to the right answer
    const page = await post({ SAMLResponse: base64(good), RelayState: relay_state });
    assert.match(page.url, /\/login\/[\w-]+\/return$/);
  });

  it('by a clock 240 s ahead: page and trace name the difference in seconds', async () => {
    const { relay_state, answer } = await asked();
    const ahead = { ...answer, issued_at: Date.now() + 240_000 };
    const page = await post({
      SAMLResponse: base64(response_xml(ahead, sign_element(assertion_xml(ahead), 'Assertion', mock.key))),
      RelayState: relay_state,
    });
    assert.equal(page.status, 400);
    const shown = Number(/(\d+) seconds/.exec(page.html)?.[1]);
    assert.ok(shown > 230 && shown <= 240, page.html);
    const trace = await broker.api<Trace>('GET', `/login-traces/${reference_of(page)}`);
    assert.equal(trace.code, 'clock_difference');
    assert.ok(
      trace.steps.some(({ name, ok, detail }) => name === 'clock' && !ok && detail.includes(`${shown} s ahead of our clock`)),
      JSON.stringify(trace),
    );
  });

  it('by GET, twice, without anything, with another protocol’s message, or of 50 MB: a clear answer, and nobody signed in', async () => {
    const { relay_state } = await asked();
    assert.ok([404, 405].includes((await new Browser().open(`${acs()}?SAMLResponse=AAAA`)).status));
    for (const body of [
      '',
      'SAMLResponse=',
      'SAMLResponse=AAAA&SAMLResponse=AAAA',
      'code=x&state=y',
      `RelayState=${relay_state}`,
      `RelayState=${relay_state}&SAMLRequest=AAAA`,
    ]) {
      const page = await new Browser().open(acs(), { method: 'POST', body: new URLSearchParams(body), cross_site: true });
      assert.equal(page.status, 400, `${body}: ${page.html}`);
      assert.ok(reference_of(page));
    }
    for (const path of [acs(), `${broker.issuer}/saml/${connected.id}/slo`]) {
      const answer = await fetch(path, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `SAMLResponse=${'A'.repeat(50_000_000)}`,
      }).catch((error: unknown) => error);
      // 413, or the connection is closed on whoever goes on sending
      if (answer instanceof Response) assert.equal(answer.status, 413);
    }
    const { data } = await broker.api<{ data: unknown[] }>('GET', `/organizations/${tenant.org_id}/users`);
    assert.deepEqual(data, []);
  });

  it('to the address for logout: DEFLATE bombs, and messages larger than any logout is, are refused', async () => {
    const slo = `${broker.issuer}/saml/${connected.id}/slo`;
    const bomb = deflateRawSync(Buffer.alloc(8_000_000, 0x20)).toString('base64');
    for (const parameter of ['SAMLRequest', 'SAMLResponse']) {
      const page = await new Browser().open(
        `${slo}?${new URLSearchParams({ [parameter]: bomb, SigAlg: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', Signature: 'AAAA' }).toString()}`,
      );
      assert.equal(page.status, 400);
      const large = await post({ [parameter]: base64(`<x>${'y'.repeat(300_000)}</x>`) }, slo);
      assert.equal(large.status, 400);
      const trace = await broker.api<Trace>('GET', `/login-traces/${reference_of(large)}`);
      assert.match(JSON.stringify(trace.steps), /larger than/);
    }
  });

  describe('metadata that cannot be used', () => {
    let server: Server;
    let base: string;
    const answers: Record<string, (send: (status: number, headers: Record<string, string>, body: string | undefined) => void) => void> = {
      '/broken': (send) => send(200, {}, '<md:EntityDescriptor'),
      '/bomb': (send) => send(200, {}, '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'),
      '/page': (send) => send(200, {}, '<!doctype html><title>Sign in</title>'),
      '/elsewhere': (send) => send(302, { location: 'http://10.0.0.1/metadata' }, ''),
      '/endless': (send) => send(200, {}, undefined),
    };
    before(async () => {
      server = createServer((request, response) => {
        const answer = answers[request.url ?? ''];
        if (answer === undefined) return void response.writeHead(404).end();
        answer((status, headers, body) => {
          response.writeHead(status, headers);
          if (body !== undefined) return void response.end(body);
          const more = setInterval(() => response.write(' '.repeat(1_000_000)), 5);
          response.once('close', () => clearInterval(more));
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server's address
    });
    after(() => {
      server.closeAllConnections();
      server.close();
    });

    it('is refused with what to mend, and nothing changes', async () => {
      const path = `/organizations/${tenant.org_id}/connections/${connected.id}`;
      const [etag, kept] = await current(path);
      const ours = await (await fetch(`${broker.issuer}/saml/${connected.id}/metadata`)).text();
      const tries: [Record<string, string>, RegExp][] = [
        [{ metadata_xml: ours }, /service provider/],
        [{ metadata_xml: '<x/>' }, /not SAML metadata/],
        [{ metadata_xml: ours.replace('<md:', '<md ') }, /XML/],
        [{ metadata_url: `${base}/broken` }, /XML/],
        [{ metadata_url: `${base}/bomb` }, /DOCTYPE/],
        [{ metadata_url: `${base}/page` }, /XML/],
        [{ metadata_url: `${base}/elsewhere` }, /redirect|302/i],
        [{ metadata_url: `${base}/endless` }, /more than is accepted/],
        [{ metadata_url: `${base}/nowhere` }, /404/],
        [{ metadata_url: 'http://10.0.0.1/metadata' }, /private|network|reach/i],
      ];
      for (const [saml, says] of tries) {
        const body = { saml: { metadata_url: null, ...saml } };
        const answer = await broker.call('PATCH', path, body, { 'if-match': etag });
        const text = await answer.text();
        assert.ok(answer.status >= 400 && answer.status < 500, `${JSON.stringify(saml).slice(0, 100)}: ${answer.status} ${text}`);
        assert.match(text, says);
      }
      assert.deepEqual(await current(path), [etag, kept]);
    });
  });

  async function current(path: string): Promise<[string, unknown]> {
    const answer = await broker.call('GET', path);
    return [answer.headers.get('etag') ?? '', await answer.json()];
  }
});
