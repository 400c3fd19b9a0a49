import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Installation, start_installation } from '../support/installation.ts';

interface Previewed {
  readonly sign_ins: readonly {
    readonly purpose: string;
    readonly sent: Readonly<Record<string, readonly string[]>>;
    readonly ok: boolean;
    readonly person: Readonly<Record<string, unknown>> | null;
    readonly missing: readonly string[];
  }[];
}

describe('the preview of an attribute mapping', () => {
  let installation: Installation;
  let path: string;
  before(async () => {
    installation = await start_installation();
    path = `/organizations/${installation.acme.org_id}/connections/${installation.connection_id}`;
    await installation.login();
  });
  after(() => installation.stop());

  const preview = (body: unknown): Promise<Previewed> => installation.broker.api('POST', `${path}/preview-mapping`, body);

  it('maps what the partner sent at recorded sign-ins, by a mapping that is nowhere saved', async () => {
    const { sign_ins } = await preview({ attribute_mapping: { display_name: 'email', department: { from: 'groups', join: '+' } } });
    assert.equal(sign_ins.length, 1);
    const [first] = sign_ins;
    assert.equal(first?.purpose, 'login');
    assert.deepEqual(first?.sent['email'], [installation.ann.email]);
    assert.equal(first?.person?.['display_name'], installation.ann.email);
    assert.deepEqual(first?.person?.['attributes'], { department: 'Staff+Finance' });
    const connection = await installation.broker.api<{ attribute_mapping: unknown }>('GET', path);
    assert.equal(connection.attribute_mapping, null);
  });

  it('says what a required attribute would refuse', async () => {
    const { sign_ins } = await preview({ attribute_mapping: { email: { from: 'no_such_claim', required: true } } });
    assert.deepEqual([sign_ins[0]?.ok, sign_ins[0]?.person, sign_ins[0]?.missing], [false, null, ['email']]);
  });

  it('takes the mapping of the connection when none is given, and refuses one that could not be saved', async () => {
    const { sign_ins } = await preview({});
    assert.equal(sign_ins[0]?.person?.['email'], installation.ann.email);
    const refused = await installation.broker.call('POST', `${path}/preview-mapping`, { attribute_mapping: { email: { match: '(?=x)' } } });
    assert.equal(refused.status, 422);
  });

  it('is not for whoever may not see what partners say of people', async () => {
    const { key } = await installation.broker.api<{ key: string }>('POST', '/admin-keys', { name: 'Sue', role: 'support' });
    const refused = await installation.broker.call('POST', `${path}/preview-mapping`, {}, { authorization: `Bearer ${key}` });
    assert.equal(refused.status, 403);
  });
});
