import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parse_settings, report_problems } from '../../../src/config/index.ts';

const https = 'https://login.example.com';

describe('settings, whatever is written', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('on', '0', '-1', '1e9', '0x10', 'null', '[]', '10.0.0.0/8', '::/0', 'sqlite:', 'postgres://', https),
  );
  const name = fc.constantFrom(
    ...[
      'ISSUER',
      'HOST',
      'PORT',
      'DATABASE_URL',
      'SECRET',
      'SECRET_FILE',
      'ADMIN_KEY',
      'WORKERS',
      'TRUST_PROXY',
      'RATE_LIMITS',
      'METRICS_ADDRESS',
      'CONFIG',
      'TRACE_DAYS',
      'NONSENSE',
      '__PROTO__',
    ].map((one) => `POSTERN_${one}`),
  );
  const env = fc.dictionary(name, text);

  it('are settings or a list of mistakes, each with a place and a way to mend it: never an exception', () => {
    fc.assert(
      fc.property(env, fc.option(fc.oneof(text, fc.json({ maxDepth: 3 })), { nil: undefined }), (given, file) => {
        const result = parse_settings(given, () => file);
        if (result.ok) return;
        assert.ok(result.problems.length > 0);
        for (const { path, problem, fix } of result.problems)
          assert.ok(path !== '' && problem !== '' && fix !== '', JSON.stringify({ path, problem, fix }));
        assert.ok(report_problems(result.problems).length > 0);
      }),
      { numRuns: 1500 },
    );
  });

  it('never repeat a value of a setting that is secret', () => {
    const canary = fc.stringMatching(/^[a-z]{20}[*!]{5}$/);
    fc.assert(
      fc.property(canary, fc.constantFrom('POSTERN_SECRET', 'POSTERN_ADMIN_KEY', 'POSTERN_DATABASE_URL'), (value, secret) => {
        const written = parse_settings({ [secret]: value, POSTERN_PORT: 'x' }, () => undefined);
        const in_file = parse_settings({ [`${secret}_FILE`]: '/run/secret', POSTERN_PORT: 'x' }, (path) =>
          path === '/run/secret' ? value : undefined,
        );
        for (const result of [written, in_file]) assert.equal(JSON.stringify(result).includes(value), false);
      }),
      { numRuns: 200 },
    );
  });

  it('of prototype names in the file are unknown settings like any other', () => {
    for (const file of ['__proto__: x', 'constructor: x', 'toString: [1]', '{"__proto__": {"port": 1}}']) {
      const result = parse_settings({}, () => file);
      assert.ok(!result.ok, file);
      assert.equal(result.problems[0]?.problem, 'There is no such setting.');
    }
  });

  it('with a file of YAML tricks end as mistakes: aliases that multiply, tags, several documents', () => {
    const laughs = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...Array.from(
        { length: 12 },
        (_, n) =>
          `${'bcdefghijklm'[n] ?? ''}: &${'bcdefghijklm'[n] ?? ''} [${Array(9)
            .fill(`*${'abcdefghijkl'[n] ?? ''}`)
            .join(',')}]`,
      ),
    ].join('\n');
    for (const file of [laughs, 'port: !!js/function "x"', '---\nport: 1\n---\nport: 2', '- port', 'port', '{']) {
      const result = parse_settings({}, () => file);
      assert.ok(!result.ok, file.slice(0, 40));
    }
  });
});

describe('a secret that is there but empty', () => {
  for (const text of [' ', ',', ' , ,'])
    it(`is a mistake: ${JSON.stringify(text)}`, () => {
      const result = parse_settings({ POSTERN_ISSUER: https, POSTERN_SECRET: text }, () => undefined);
      assert.ok(!result.ok);
      assert.deepEqual(
        result.problems.map(({ path }) => path),
        ['POSTERN_SECRET'],
      );
    });

  it('in its file is a mistake that names the file', () => {
    const result = parse_settings({ POSTERN_ISSUER: https, POSTERN_SECRET_FILE: '/run/secret' }, (path) =>
      path === '/run/secret' ? '\n' : undefined,
    );
    assert.ok(!result.ok);
    assert.deepEqual(
      result.problems.map(({ path }) => path),
      ['POSTERN_SECRET_FILE'],
    );
  });
});
