import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { new_reference } from '../../src/audit/index.ts';
import type { OrgId } from '../../src/kernel/index.ts';
import { admin_world, type AdminWorld, type Furnished } from '../support/admin_world.ts';

interface Exported {
  readonly login_traces: readonly { readonly reference: string; readonly personal: unknown }[];
}

describe('attacks with a key of the role support', () => {
  let world: AdminWorld;
  let acme: Furnished;
  let support: string;
  before(async () => {
    world = await admin_world();
    acme = await world.furnish('acme');
    support = await world.new_key('support');
  });
  after(() => world.close());

  it('what a partner said at a sign-in stays masked, also on the way round by the export of a person', async () => {
    const { organization_id, user_id } = acme;
    const reference = new_reference();
    await world.storage.transact((tx) =>
      world.audit.save_trace(tx, {
        ...{ reference, org_id: organization_id as OrgId, connection_id: acme.connection_id, client_id: null, user_id }, // as furnished
        ...{ outcome: 'succeeded', code: null, steps: [], personal: { subject: 'S-1-5-21-ann' } },
        ...{ started_at: world.clock.now, finished_at: world.clock.now },
      }),
    );
    const said = async (path: string, key?: string): Promise<string> => {
      const { status, text } = await world.api('GET', path, key === undefined ? {} : { key });
      assert.equal(status, 200, text);
      return text;
    };
    const traces = async (key?: string): Promise<string> => {
      const { login_traces } = JSON.parse(await said(`/organizations/${organization_id}/users/${user_id}/export`, key)) as Exported;
      assert.ok(login_traces.some((trace) => trace.reference === reference));
      return JSON.stringify(login_traces);
    };
    const whom = /S-1-5-21-ann/;
    assert.match(await traces(), whom);
    assert.doesNotMatch(await said(`/login-traces/${reference}`, support), whom);
    assert.doesNotMatch(await traces(support), whom);
  });
});
