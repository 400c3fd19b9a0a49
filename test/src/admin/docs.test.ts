import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ask } from '../../support/admin_app.ts';
import { admin_world, type AdminWorld } from '../../support/admin_world.ts';

describe('the reference page of the API', () => {
  let world: AdminWorld;
  before(async () => {
    world = await admin_world();
  });
  after(() => world.close());

  it('runs only scripts that carry the nonce of its own policy, from our own origin', async () => {
    const { status, headers, text } = await ask(`${world.served.url}/api/docs`, 'GET');
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^text\/html/);
    const policy = headers.get('content-security-policy') ?? '';
    const nonce = /script-src 'nonce-([\w-]+)'/.exec(policy)?.[1] ?? '';
    assert.ok(nonce.length > 20);
    // the viewer's own attributes, and nothing else
    assert.deepEqual(policy.match(/[\w-]+ '[^;]*unsafe[^;]*/g), ["style-src-attr 'unsafe-inline'"]);
    const scripts = [...text.matchAll(/<script([^>]*)>/g)].map(([, attributes]) => attributes ?? '');
    assert.equal(scripts.length, 3);
    assert.ok(scripts.every((attributes) => attributes.includes(`nonce="${nonce}"`)));
    assert.deepEqual([...text.matchAll(/https?:\/\//g)], []);
    assert.notEqual(
      /nonce-([\w-]+)/.exec((await ask(`${world.served.url}/api/docs`, 'GET')).headers.get('content-security-policy') ?? '')?.[1],
      nonce,
    );
  });

  it('is drawn by a viewer that comes with the package', async () => {
    const { status, headers, text } = await ask(`${world.served.url}/api/docs/viewer.js`, 'GET');
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /javascript/);
    assert.ok(text.includes('createApiReference'));
  });

  it('is all that there is beside the API', async () => {
    for (const path of ['/api/docs/', '/api/docs/../package.json', '/api', '/api/', '/api/v2/organizations', '/api/v1x'])
      assert.equal((await ask(`${world.served.url}${path}`, 'GET')).status, 404, path);
    assert.equal((await ask(`${world.served.url}/api/docs`, 'DELETE')).status, 405);
  });
});
