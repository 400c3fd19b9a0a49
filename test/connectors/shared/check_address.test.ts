import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConnectorError } from '../../../connectors/connector.ts';
import { check_address } from '../../../connectors/shared/check_address.ts';

const resolving = (address: string) => ({
  resolve: async (host: string) => ({ address, family: 4 as const, servername: host }),
});
const refusing = {
  resolve: () => Promise.reject(new ConnectorError('misconfigured', 'a private address that is not allowed')),
};

describe('what a connection test says of an address of the partner', () => {
  it('https is good, and nobody is asked where it is', async () => {
    const check = await check_address('sso_url', 'https://idp.example/sso', 'https://idp.example/sso by redirect', refusing);
    assert.deepEqual(check, { name: 'sso_url', ok: true, detail: 'https://idp.example/sso by redirect' });
  });

  it('http inside a private network that is allowed is no fault, and is named', async () => {
    const check = await check_address('sso_url', 'http://idp.internal/sso', 'there', resolving('10.1.2.3'));
    assert.equal(check.ok, true);
    assert.match(check.detail, /^there; not encrypted/);
    assert.equal(check.fix, undefined);
  });

  for (const [what, tools] of [
    ['a public address', resolving('93.184.215.14')],
    ['a private one that is not allowed', refusing],
  ] as const) {
    it(`http to ${what} is a fault with its remedy`, async () => {
      const check = await check_address('sso_url', 'http://idp.example/sso', 'there', tools);
      assert.deepEqual([check.ok, check.detail], [false, 'there']);
      assert.match(check.fix ?? '', /https/);
    });
  }

  it('what is no address is a fault', async () => {
    assert.equal((await check_address('sso_url', 'nonsense', 'nonsense', resolving('127.0.0.1'))).ok, false);
  });
});
