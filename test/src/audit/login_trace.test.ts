import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Audit, audit_schemas, make_audit, new_reference, type Trace } from '../../../src/audit/index.ts';
import { NotFound, new_org_id } from '../../../src/kernel/index.ts';
import { type Storage, sweep_expired } from '../../../src/storage/index.ts';
import { temporary_storage } from '../../support/temporary_storage.ts';

const DAY = 86_400_000;
const started = 1_800_000_000_000;

describe('a login trace', () => {
  let storage: Storage;
  let audit: Audit;
  let now = started + 5000;
  const org_id = new_org_id();
  const trace = (more: Partial<Trace> = {}): Trace => ({
    reference: new_reference(),
    org_id,
    connection_id: 'con_1',
    client_id: 'app',
    user_id: 'usr_1',
    outcome: 'succeeded',
    code: null,
    steps: [
      { at: started, name: 'attributes', ok: true, detail: 'read: mail ann@acme.example, name Ann Adams' },
      { at: started + 1, name: 'account', ok: false, detail: 'no account for "Ann Adams"', fix: 'give ann@acme.example an account' },
    ],
    personal: { mail: ['ann@acme.example'], displayName: ['Ann Adams'], memberOf: ['Staff', 'Finance'] },
    started_at: started,
    finished_at: started + 5000,
    ...more,
  });
  const save = async (more?: Partial<Trace>): Promise<string> => {
    const made = trace(more);
    await storage.transact((tx) => audit.save_trace(tx, made));
    return made.reference;
  };
  before(async () => {
    storage = await temporary_storage();
    audit = make_audit({ storage, now: () => now, trace_days: 30 });
  });
  after(() => storage.close());

  it('is opened by its reference, with each step, to whoever may see the person', async () => {
    const reference = await save();
    const view = audit_schemas.login_trace.strict().parse(await audit.find_trace(reference, { personal: true }));
    assert.equal(view.reference, reference);
    assert.equal(view.organization_id, org_id);
    assert.deepEqual(view.personal, trace().personal);
    assert.deepEqual(view.steps[1], {
      at: '2027-01-15T08:00:00.001Z',
      name: 'account',
      ok: false,
      detail: 'no account for "Ann Adams"',
      fix: 'give ann@acme.example an account',
    });
    assert.equal(view.expires_at, '2027-02-14T08:00:05.000Z');
  });

  it('to any other role shows which attributes came and how many values, and nothing of the person in any step', async () => {
    const view = await audit.find_trace(await save(), { personal: false });
    assert.deepEqual(view.personal, { mail: ['***'], displayName: ['***'], memberOf: ['***', '***'] });
    assert.doesNotMatch(JSON.stringify(view), /acme\.example|Ann|Adams|Finance/);
    assert.equal(view.steps[0]?.detail, 'read: mail ***, name ***');
  });

  it('to any other role shows nothing either of a long value that was cut in the step', async () => {
    const long = 'Department of a long name, '.repeat(20);
    const steps = [{ at: started, name: 'mapping', ok: false, detail: `no group for "${long.slice(0, 300)}" or "${long}" of the mapping` }];
    const view = await audit.find_trace(await save({ steps, personal: { department: [long] } }), { personal: false });
    assert.equal(view.steps[0]?.detail, 'no group for "***" or "***" of the mapping');
  });

  it('to any other role shows nothing either of a value in the middle of which the step itself was cut', async () => {
    for (const cut of ['Margaret of the night sh', 'Margar', 'Mar']) {
      const steps = [{ at: started, name: 'mapping', ok: false, detail: `no account for ${cut}` }];
      const view = await audit.find_trace(await save({ steps, personal: { name: 'Margaret of the night shift' } }), { personal: false });
      assert.equal(view.steps[0]?.detail, 'no account for ***');
    }
  });

  it('of a failure, where nothing was kept of the person, still shows no e-mail address to another role', async () => {
    const reference = await save({ personal: null, outcome: 'refused', code: 'no_account', user_id: null });
    const view = await audit.find_trace(reference, { personal: false });
    assert.equal(view.personal, null);
    assert.doesNotMatch(JSON.stringify(view), /acme\.example/);
    assert.equal((await audit.find_trace(reference, { personal: true })).personal, null);
  });

  it('is sealed at rest', async () => {
    const reference = await save({ steps: [] });
    assert.doesNotMatch(JSON.stringify(await storage.gateway.login_traces.find_one({ id: reference })), /acme\.example|Adams/);
  });

  it("another organization's, an unknown and an expired one are answered alike", async () => {
    const reference = await save();
    const answer = async (name: string, of: string | undefined): Promise<string> =>
      audit
        .find_trace(name, { personal: true, ...(of !== undefined && { org_id: new_org_id() }) })
        .then(() => 'found')
        .catch((error: unknown) => {
          assert.ok(error instanceof NotFound);
          return `${error.status} ${error.code} ${error.message}`;
        });
    const foreign = await answer(reference, 'another');
    const unknown = await answer(new_reference(), undefined);
    now += 30 * DAY;
    const expired = await answer(reference, undefined);
    assert.deepEqual(new Set([foreign, unknown, expired]).size, 1);
    assert.match(foreign, /^404 not_found/);
    assert.ok((await audit.list_traces({})).data.every((view) => view.reference !== reference));
    await sweep_expired(storage, now + 1);
    assert.equal(await storage.gateway.login_traces.find_one({ id: reference }), undefined);
    now = started + 5000;
  });

  it('its own organization opens it', async () => {
    assert.equal((await audit.find_trace(await save(), { personal: true, org_id })).organization_id, org_id);
  });

  it('is found as it was read aloud: lower case, with O for 0 and l for 1, without hyphens', async () => {
    const reference = await save({ reference: '01AB-CDEF-0123' });
    assert.equal((await audit.find_trace(' olab cdef-O I23', { personal: true })).reference, reference);
  });

  it('is listed newest first without what the partner said, narrowed by outcome, connection, app, person and organization', async () => {
    const mine = { org_id: new_org_id(), connection_id: 'con_list' };
    for (let count = 0; count < 3; count++) {
      await save({ ...mine, started_at: started + count, ...(count === 1 && { outcome: 'failed', code: 'unreachable', user_id: null }) });
    }
    const { data, next } = await audit.list_traces({ organization_id: mine.org_id });
    for (const view of data) audit_schemas.login_trace_summary.strict().parse(view);
    assert.deepEqual(
      data.map((view) => view.started_at),
      ['2027-01-15T08:00:00.002Z', '2027-01-15T08:00:00.001Z', '2027-01-15T08:00:00.000Z'],
    );
    assert.equal(next, null);
    const counted = async (request: Parameters<Audit['list_traces']>[0]) =>
      (await audit.list_traces({ connection_id: 'con_list', ...request })).data.length;
    assert.equal(await counted({ outcome: 'failed' }), 1);
    assert.equal(await counted({ user_id: 'usr_1' }), 2);
    assert.equal(await counted({ client_id: 'other' }), 0);
    assert.equal(await counted({ since: started + 2 }), 1);
    assert.equal(await counted({ organization_id: new_org_id() }), 0);
  });

  it('references are easy to read aloud, and hard to guess', () => {
    const made = Array.from({ length: 1000 }, new_reference);
    assert.equal(new Set(made).size, 1000);
    for (const reference of made) assert.match(reference, /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
  });
});
