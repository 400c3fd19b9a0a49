import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parse_settings } from '../../../src/config/index.ts';
import { type Examined, examine } from '../../../src/doctor/index.ts';
import { admin_world, type AdminWorld } from '../../support/admin_world.ts';

describe('the doctor, asked by somebody who waits', () => {
  let world: AdminWorld;
  before(async () => {
    world = await admin_world();
    for (const slug of ['one', 'two']) await world.made('/organizations', { slug, name: slug });
  });
  after(() => world.close());

  const settings = () => {
    const read = parse_settings({ POSTERN_ISSUER: 'http://localhost:4400' }, () => undefined);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    return read.settings;
  };
  const look = (
    until: AbortSignal,
    changed: Partial<Examined> = {},
    fetch: typeof globalThis.fetch = () => Promise.reject(new Error('no network')),
  ) =>
    examine(
      { settings: settings(), now: () => world.clock.now, fetch, cores: 1 },
      {
        ...{ settings: settings(), now: () => world.clock.now, storage: world.storage, mailer: undefined, keys: { list: async () => [] } },
        ...{ organizations: world.organizations, act: { actor: { kind: 'cli' } }, partners: false, until, ...changed },
      },
    );

  it('looks at everything when there is time', async () => {
    const findings = await look(new AbortController().signal);
    assert.equal(findings.find(({ name }) => name === 'organizations')?.detail, '2 organizations');
    assert.ok(findings.some(({ name }) => name === 'two: connections'));
    assert.ok(findings.some(({ name, level }) => name === 'issuer' && level === 'warning'));
  });

  it('tells how far it came with the organizations when the time is over', async () => {
    const over = new AbortController();
    // the first organization takes all the time that there is
    const require_organization = (id: string) => {
      over.abort();
      return world.organizations.require_organization(id);
    };
    const findings = await look(over.signal, { organizations: { ...world.organizations, require_organization } });
    assert.ok(findings.some(({ name, detail }) => name === 'organizations' && detail === 'There was time to look at 1 of them.'));
    assert.equal(findings.filter(({ name }) => name.endsWith(': connections')).length, 1);
  });

  it('does not wait for what does not stop by itself', async () => {
    const never = new Promise<never>(() => {});
    const findings = await look(AbortSignal.abort(), { keys: { list: () => never } }, () => never);
    assert.deepEqual(
      findings.map(({ name, level }) => [name, level]),
      [
        ['issuer', 'warning'],
        ['installation', 'warning'],
      ],
    );
  });
});
