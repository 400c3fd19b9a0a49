import assert from 'node:assert/strict';
import { it } from 'node:test';
import * as jose from 'jose';
import * as client from 'openid-client';
import { start_installation } from '../support/installation.ts';

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

it('a token that is exchanged ends no later than the one it was made from, also when a second goes by meanwhile', async (t) => {
  // a clock that is a second behind when the life is reckoned, and right when the token is saved
  const it_is = await start_installation({
    now: () => Date.now() - 1000,
    client: { grant_types: ['authorization_code', 'refresh_token', EXCHANGE] },
  });
  t.after(() => it_is.stop());
  const { broker } = it_is;
  const api = { identifier: 'urn:api', name: 'API', scopes: ['read'], access_token_ttl_seconds: 60 };
  const { id } = await broker.api<{ id: string }>('POST', '/resources', api);
  const { tokens } = await it_is.login({ scope: 'openid read', resource: api.identifier });
  // by now its tokens live longer than what is left of this one
  await broker.api('PATCH', `/resources/${id}`, { access_token_ttl_seconds: 300 });
  const given = await client.genericGrantRequest(it_is.app.config, EXCHANGE, {
    ...{ subject_token: tokens.access_token, subject_token_type: 'urn:ietf:params:oauth:token-type:access_token' },
    ...{ resource: api.identifier, scope: 'read' },
  });
  assert.equal(jose.decodeJwt(given.access_token).exp, jose.decodeJwt(tokens.access_token).exp);
});
