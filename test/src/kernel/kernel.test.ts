import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  Conflict,
  Forbidden,
  hash_token,
  InvalidInput,
  LoginRefused,
  Misconfigured,
  NotFound,
  PosternError,
  random_token,
  rfc3339,
  same_secret,
  system_clock,
  TooMany,
  Unauthenticated,
  UpstreamFault,
} from '../../../src/kernel/index.ts';

describe('an error', () => {
  const families: readonly (readonly [PosternError, number])[] = [
    [new InvalidInput('code', 'message'), 400],
    [new InvalidInput('code', 'message', { status: 422 }), 422],
    [new Unauthenticated('code', 'message'), 401],
    [new Forbidden('code', 'message'), 403],
    [new NotFound('user'), 404],
    [new Conflict('code', 'message'), 409],
    [new Conflict('code', 'message', { status: 412 }), 412],
    [new LoginRefused('code', 'message'), 403],
    [new LoginRefused('code', 'message', { status: 401 }), 401],
    [new UpstreamFault('code', 'message'), 502],
    [new UpstreamFault('code', 'message', { status: 504 }), 504],
    [new TooMany(7), 429],
    [new Misconfigured('code', 'message'), 500],
  ];
  for (const [error, status] of families)
    it(`${error.name} has status ${status}, a stable code and its own name`, () => {
      assert.equal(error.status, status);
      assert.ok(error instanceof PosternError && error instanceof Error);
      assert.equal(error.name, error.constructor.name);
      assert.match(error.code, /^[a-z_]+$/);
    });

  it('keeps its cause and its detail apart from the message that may be shown', () => {
    const cause = new Error('secret');
    const error = new Forbidden('code', 'shown', { cause, detail: 'for the log' });
    assert.deepEqual([error.message, error.detail, error.cause], ['shown', 'for the log', cause]);
    assert.equal('cause' in new Forbidden('code', 'shown'), false);
  });

  it('of absence says the kind of thing, never the id that was asked for', () => {
    assert.equal(new NotFound('user').message, 'No such user.');
  });

  it('of input lists every wrong field', () => {
    const fields = [{ path: 'a.b', message: 'is wrong' }];
    assert.deepEqual(new InvalidInput('code', 'message', { fields }).fields, fields);
    assert.deepEqual(new InvalidInput('code', 'message').fields, []);
  });
});

describe('secrets', () => {
  it('are 256 random bits in URL-safe letters, never the same again', () => {
    const made = new Set(Array.from({ length: 1000 }, () => random_token()));
    assert.equal(made.size, 1000);
    for (const token of made) assert.match(token, /^[\w-]{43}$/);
    assert.equal(random_token(16).length, 22);
  });

  it('are looked up by SHA-256 in base64url', () => {
    assert.equal(hash_token('abc'), 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  });

  it('are equal when they are, of whatever length', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => assert.equal(same_secret(a, b), a === b)));
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (a) => assert.equal(same_secret(a, a), true)));
    assert.equal(same_secret('', ''), true);
    assert.equal(same_secret('a', ''), false);
  });
});

describe('time', () => {
  it('leaves as RFC 3339 in UTC with milliseconds', () => {
    assert.equal(rfc3339(0), '1970-01-01T00:00:00.000Z');
    assert.equal(rfc3339(1_767_225_600_123), '2026-01-01T00:00:00.123Z');
  });

  it('is whole milliseconds', () => {
    assert.ok(Number.isInteger(system_clock.now()));
  });
});
