import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { type Json, type ScimClient, scim_world, type ScimWorld, USER } from '../../support/scim_world.ts';

interface Mail {
  value?: string;
  type?: string;
  primary?: boolean;
}
/** The part of a person that is patched, as plainly as it can be kept. */
interface Model {
  title?: string | undefined;
  givenName?: string | undefined;
  familyName?: string | undefined;
  emails: Mail[];
}
interface Step {
  readonly operation: Readonly<Record<string, unknown>>;
  /** What becomes of the model; undefined: the operation is refused. */
  readonly apply: (model: Model) => Model | undefined;
}

const text = fc.constantFrom('a', 'b', 'Ab', 'x y');
const address = fc.constantFrom('a@acme.example', 'b@acme.example', 'c@acme.example');
const kind = fc.constantFrom('work', 'home', 'other');
const writing = fc.constantFrom('add', 'replace');

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(writing, fc.constantFrom('title', 'TITLE', `${USER}:title`), text).map(([op, path, value]) => ({
    operation: { op, path, value },
    apply: (model: Model) => ({ ...model, title: value }),
  })),
  fc.constantFrom('remove', 'replace').map((op) => ({
    operation: op === 'remove' ? { op, path: 'title' } : { op, path: 'title', value: null },
    apply: (model: Model) => ({ ...model, title: undefined }),
  })),
  fc.tuple(writing, text).map(([op, value]) => ({
    operation: { op, path: 'name.givenName', value },
    apply: (model: Model) => ({ ...model, givenName: value }),
  })),
  fc.tuple(writing, text).map(([op, value]) => ({
    operation: { op, value: { name: { familyName: value }, title: value } },
    apply: (model: Model) => ({ ...model, familyName: value, title: value }),
  })),
  fc.constant({
    operation: { op: 'remove', path: 'name' },
    apply: (model: Model) => ({ ...model, givenName: undefined, familyName: undefined }),
  }),
  fc.tuple(address, kind).map(([value, type]) => ({
    operation: { op: 'add', path: 'emails', value: [{ value, type }] },
    apply: (model: Model) => ({
      ...model,
      emails: model.emails.some((one) => one.value === value && one.type === type) ? model.emails : [...model.emails, { value, type }],
    }),
  })),
  fc.array(fc.tuple(address, kind), { maxLength: 3 }).map((list) => ({
    operation: { op: 'replace', path: 'emails', value: list.map(([value, type]) => ({ value, type })) },
    apply: (model: Model) => ({ ...model, emails: list.map(([value, type]) => ({ value, type })) }),
  })),
  kind.map((type) => ({
    operation: { op: 'remove', path: `emails[type eq "${type}"]` },
    apply: (model: Model) => ({ ...model, emails: model.emails.filter((one) => one.type !== type) }),
  })),
  fc.constant({ operation: { op: 'remove', path: 'emails' }, apply: (model: Model) => ({ ...model, emails: [] }) }),
  fc.tuple(kind, address).map(([type, value]) => ({
    operation: { op: 'replace', path: `emails[type eq "${type.toUpperCase()}"].value`, value },
    apply: (model: Model) =>
      model.emails.some((one) => one.type === type)
        ? { ...model, emails: model.emails.map((one) => (one.type === type ? { ...one, value } : one)) }
        : undefined,
  })),
  fc.tuple(kind, address).map(([type, value]) => ({
    operation: { op: 'add', path: `emails[type eq "${type}"].value`, value },
    apply: (model: Model) => ({
      ...model,
      emails: model.emails.some((one) => one.type === type)
        ? model.emails.map((one) => (one.type === type ? { ...one, value } : one))
        : [...model.emails, { type, value }],
    }),
  })),
);

const shape = (json: Json): Model => ({
  title: json['title'] as string | undefined,
  givenName: json.name?.['givenName'],
  familyName: json.name?.['familyName'],
  emails: (json.emails ?? []) as unknown as Mail[],
});

describe('PATCH', () => {
  let world: ScimWorld;
  let scim: ScimClient;
  before(async () => {
    world = await scim_world();
    scim = await world.client({ dialect: 'strict' });
  });
  after(() => world.close());

  it('does what a plain reading of the RFC does, in order, all of it or nothing', async () => {
    const { id } = await scim.user('ann');
    let model: Model = { emails: [] };
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 5 }), async (list) => {
        let wanted: Model | undefined = model;
        for (const { apply } of list) wanted = wanted === undefined ? undefined : apply(wanted);
        const { status, json, text: body } = await scim.patch(`/Users/${id}`, ...list.map(({ operation }) => operation));
        assert.equal(status, wanted === undefined ? 400 : 200, body);
        if (wanted === undefined) assert.equal(json.scimType, 'noTarget');
        else model = wanted;
        const now = shape((await scim.call('GET', `/Users/${id}`)).json);
        assert.deepEqual(JSON.parse(JSON.stringify(now)), JSON.parse(JSON.stringify(model)));
      }),
      { numRuns: 250 },
    );
  });

  it('of any body at all never answers 500, and keeps nothing of what it refuses', async () => {
    const { id } = await scim.user('bob', { title: 'kept' });
    const path = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'emails[',
        'emails[type',
        'emails[type eq "x"',
        'a.b.c',
        '__proto__',
        'constructor.prototype',
        'name.__proto__',
        'urn:',
        `${USER}:`,
        'members',
        'meta.version',
        'emails[type eq "x"].value.more',
        ']',
        'title[value eq "x"]',
      ),
    );
    const any = fc.record({
      op: fc.oneof(fc.constantFrom('add', 'replace', 'remove'), fc.string()),
      path: fc.option(path, { nil: undefined }),
      value: fc.jsonValue(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(any, { maxLength: 3 }), async (list) => {
        const before = (await scim.call('GET', `/Users/${id}`)).text;
        const { status, text: body } = await scim.patch(`/Users/${id}`, ...list);
        assert.ok(status === 200 || status === 400, `${status} ${body}`);
        if (status === 400) assert.equal((await scim.call('GET', `/Users/${id}`)).text, before);
      }),
      { numRuns: 300 },
    );
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });
});
