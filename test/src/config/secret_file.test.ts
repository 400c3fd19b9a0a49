import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { load_or_make_secret, type SecretFiles } from '../../../src/config/index.ts';

const on_sqlite = { secrets: undefined, database: { kind: 'sqlite', path: '/var/p/postern.db' } } as const;

function memory(): SecretFiles & { readonly files: Map<string, string> } {
  const files = new Map<string, string>();
  return {
    files,
    read: (path) => files.get(path),
    create(path, text) {
      if (files.has(path)) return false;
      files.set(path, text);
      return true;
    },
    random_bytes: (length) => randomBytes(length),
  };
}

describe('the secret of an installation on this machine', () => {
  it('is made once, beside the database, with a warning', () => {
    const files = memory();
    const first = load_or_make_secret(on_sqlite, files);
    assert.equal(first.secrets[0]?.length, 32);
    assert.match(first.warning ?? '', /POSTERN_SECRET/);
    assert.deepEqual([...files.files.keys()], ['/var/p/postern.secret']);
    assert.deepEqual(load_or_make_secret(on_sqlite, files).secrets, first.secrets);
  });

  it('is the one of the faster process when two start at once', () => {
    const files = memory();
    const theirs = randomBytes(32);
    const slower: SecretFiles = { ...files, create: (path) => (files.files.set(path, theirs.toString('base64')), false) };
    assert.deepEqual(load_or_make_secret(on_sqlite, slower).secrets, [new Uint8Array(theirs)]);
  });

  it('is not made when one is set', () => {
    const files = memory();
    const secrets = [new Uint8Array(32)];
    assert.deepEqual(load_or_make_secret({ ...on_sqlite, secrets }, files), { secrets });
    assert.equal(files.files.size, 0);
  });

  it('a damaged file stops the start instead of sealing under another secret', () => {
    const files = memory();
    files.files.set('/var/p/postern.secret', 'oops');
    assert.throws(() => load_or_make_secret(on_sqlite, files), /holds no secret/);
  });
});
