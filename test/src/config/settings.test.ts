import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import {
  explain_settings,
  parse_settings,
  report_problems,
  type Settings,
  settings_reference_markdown,
  worker_count,
} from '../../../src/config/index.ts';

type Files = Readonly<Record<string, string>>;
const parse = (env: Record<string, string | undefined>, files: Files = {}) => parse_settings(env, (path) => files[path]);

function settings_of(env: Record<string, string | undefined>, files: Files = {}): Settings {
  const result = parse(env, files);
  assert.ok(result.ok, JSON.stringify(result));
  return result.settings;
}

function problems_of(env: Record<string, string | undefined>, files: Files = {}) {
  const result = parse(env, files);
  assert.ok(!result.ok, 'expected a mistake to be reported');
  return result.problems;
}

const secret = (): string => randomBytes(32).toString('base64');

describe('settings', () => {
  it('need nothing at all to start on this machine', () => {
    const settings = settings_of({});
    assert.equal(settings.issuer, 'http://localhost:4400');
    assert.equal(settings.port, 4400);
    assert.deepEqual(settings.database, { kind: 'sqlite', path: './data/postern.db' });
    assert.equal(settings.secrets, undefined);
    assert.equal(settings.rate_limits, true);
    assert.deepEqual(settings.allow_private_networks, []);
    assert.deepEqual(settings.trust_proxy, []);
  });

  it('report every mistake at once, each with its place and how to mend it', () => {
    const problems = problems_of(
      {
        POSTERN_PORT: '99999',
        POSTERN_ADMIN_KEY: 'short',
        POSTERN_ISSUER: 'http://login.example.com',
        POSTERN_SECRET: 'abc',
        POSTERN_TRUST_PROXY: 'everyone',
      },
      { './postern.config.yaml': 'log_level: loud\n' },
    );
    assert.deepEqual(problems.map(({ path }) => path).sort(), [
      './postern.config.yaml: log_level',
      'POSTERN_ADMIN_KEY',
      'POSTERN_ISSUER',
      'POSTERN_PORT',
      'POSTERN_SECRET',
      'POSTERN_TRUST_PROXY',
    ]);
    for (const { problem, fix } of problems) assert.ok(problem.length > 10 && fix.length > 5, `${problem} / ${fix}`);
    const report = report_problems(problems);
    for (const { path } of problems) assert.ok(report.includes(path));
  });

  it('report a missing secret together with other mistakes', () => {
    const paths = problems_of({ POSTERN_ISSUER: 'https://login.example.com', POSTERN_PORT: 'x' }).map(({ path }) => path);
    assert.deepEqual(paths.sort(), ['POSTERN_PORT', 'POSTERN_SECRET']);
  });

  it('never repeat a secret value in a message', () => {
    const canary = 'canary-0f9e';
    const problems = problems_of({ POSTERN_SECRET: canary, POSTERN_ADMIN_KEY: canary, POSTERN_DATABASE_URL: `mysql://u:${canary}@h/d` });
    assert.equal(problems.length, 3);
    assert.ok(!report_problems(problems).includes(canary));
  });

  it('name an unknown variable and an unknown key of the file, with the name that was likely meant', () => {
    const problems = problems_of(
      { POSTERN_ISUER: 'https://x.example' },
      { './postern.config.yaml': 'databse_url: sqlite:./x.db\nwhatever_this_is: 1\n' },
    );
    assert.match(problems.find(({ path }) => path === 'POSTERN_ISUER')?.fix ?? '', /POSTERN_ISSUER/);
    assert.match(problems.find(({ path }) => path.endsWith('databse_url'))?.fix ?? '', /database_url/);
    assert.ok(problems.some(({ path }) => path.endsWith('whatever_this_is')));
  });

  it('leave alone what Kubernetes sets for a service called postern, and say so when it takes the port', () => {
    settings_of({
      POSTERN_SERVICE_HOST: '10.0.0.1',
      POSTERN_SERVICE_PORT: '80',
      POSTERN_PORT_80_TCP: 'tcp://10.0.0.1:80',
      POSTERN_PORT_80_TCP_ADDR: '10.0.0.1',
    });
    assert.match(problems_of({ POSTERN_PORT: 'tcp://10.0.0.1:80' })[0]?.fix ?? '', /enableServiceLinks/);
  });

  it('come from the file, and from the environment where both speak', () => {
    const files = { './postern.config.yaml': 'port: 5000\nhost: 0.0.0.0\nrate_limits: off\ntrust_proxy: [10.0.0.0/8, "fd00::1"]\n' };
    const settings = settings_of({ POSTERN_PORT: '6000' }, files);
    assert.equal(settings.port, 6000);
    assert.equal(settings.host, '0.0.0.0');
    assert.equal(settings.rate_limits, false);
    assert.deepEqual(settings.trust_proxy, ['10.0.0.0/8', 'fd00::1/128']);
  });

  it('come from the file that POSTERN_CONFIG names; one that cannot be read is a mistake', () => {
    assert.equal(settings_of({ POSTERN_CONFIG: '/etc/p.yaml' }, { '/etc/p.yaml': 'port: 5001' }).port, 5001);
    assert.equal(problems_of({ POSTERN_CONFIG: '/etc/p.yaml' })[0]?.path, 'POSTERN_CONFIG');
    assert.match(problems_of({}, { './postern.config.yaml': 'a: [' })[0]?.problem ?? '', /YAML/);
    assert.equal(problems_of({}, { './postern.config.yaml': '- port' }).length, 1);
    assert.equal(problems_of({}, { './postern.config.yaml': 'port: {a: 1}' }).length, 1);
    settings_of({}, { './postern.config.yaml': '# nothing yet\n' });
  });

  it('are read from a file by their _FILE variant, and refuse to be given twice', () => {
    const key = 'k'.repeat(40);
    assert.equal(settings_of({ POSTERN_ADMIN_KEY_FILE: '/run/key' }, { '/run/key': `${key}\n` }).admin_key, key);
    assert.equal(problems_of({ POSTERN_ADMIN_KEY_FILE: '/run/key', POSTERN_ADMIN_KEY: key }, { '/run/key': key }).length, 1);
    assert.match(problems_of({ POSTERN_ADMIN_KEY_FILE: '/run/absent' })[0]?.problem ?? '', /cannot be read/);
  });

  it('count an empty value as not set', () => {
    assert.equal(settings_of({ POSTERN_PORT: '', POSTERN_ADMIN_KEY: '', POSTERN_OPERATORS_ORGANIZATION: '' }).port, 4400);
  });
});

describe('the issuer', () => {
  for (const good of [
    'https://login.example.com',
    'https://login.example.com:8443',
    'http://localhost:4400',
    'http://127.0.0.5:1',
    'http://[::1]:4400',
  ]) {
    it(`may be ${good}`, () => assert.equal(settings_of({ POSTERN_ISSUER: good, POSTERN_SECRET: secret() }).issuer, good));
  }
  const bad = [
    'http://login.example.com',
    'http://127.0.0.1.evil.example',
    'http://0.0.0.0:4400',
    'https://login.example.com/',
    'https://login.example.com/auth',
    'https://login.example.com?x=1',
    'https://user@login.example.com',
    'https://Login.Example.com',
    'https://login.example.com:443',
    'ftp://login.example.com',
    'login.example.com',
  ];
  for (const text of bad) {
    it(`may not be ${text}`, () =>
      assert.deepEqual(
        problems_of({ POSTERN_ISSUER: text, POSTERN_SECRET: secret() }).map(({ path }) => path),
        ['POSTERN_ISSUER'],
      ));
  }
});

describe('the database address', () => {
  const cases: [string, unknown][] = [
    ['sqlite:./data/x.db', { kind: 'sqlite', path: './data/x.db' }],
    ['sqlite:/var/x.db', { kind: 'sqlite', path: '/var/x.db' }],
    ['sqlite:///var/x.db', { kind: 'sqlite', path: '/var/x.db' }],
    ['sqlite:x.db', { kind: 'sqlite', path: 'x.db' }],
    ['postgres://u:p@h:5432/d', { kind: 'postgres', url: 'postgres://u:p@h:5432/d' }],
    ['postgresql://u@h/d', { kind: 'postgres', url: 'postgresql://u@h/d' }],
  ];
  for (const [text, address] of cases) {
    it(`${text} is understood`, () => assert.deepEqual(settings_of({ POSTERN_DATABASE_URL: text }).database, address));
  }
  for (const text of ['sqlite:', 'sqlite::memory:', 'sqlite://x.db', 'mysql://h/d', './x.db']) {
    it(`${text} is refused`, () => assert.equal(problems_of({ POSTERN_DATABASE_URL: text }).length, 1));
  }
});

describe('single values', () => {
  it('a secret is 32 bytes of base64 or more; a list keeps its order, newest first', () => {
    const [fresh, old] = [randomBytes(32), randomBytes(48)];
    const settings = settings_of({ POSTERN_SECRET: `${fresh.toString('base64')},${old.toString('base64url')}` });
    assert.deepEqual(settings.secrets, [new Uint8Array(fresh), new Uint8Array(old)]);
    assert.equal(problems_of({ POSTERN_SECRET: randomBytes(31).toString('base64') }).length, 1);
    assert.equal(problems_of({ POSTERN_SECRET: '*'.repeat(64) }).length, 1);
  });

  it('nobody can trust every address as a proxy', () => {
    for (const everyone of ['0.0.0.0/0', '::/0']) assert.equal(problems_of({ POSTERN_TRUST_PROXY: everyone }).length, 1);
  });

  it('what is unsafe is loud', () => {
    const result = parse({ POSTERN_RATE_LIMITS: 'off', POSTERN_ALLOW_PRIVATE_NETWORKS: '0.0.0.0/0' });
    assert.ok(result.ok);
    assert.equal(result.warnings.length, 2);
  });

  it('metrics may have an address of their own', () => {
    assert.deepEqual(settings_of({ POSTERN_METRICS_ADDRESS: '[::1]:9464' }).metrics_address, { host: '::1', port: 9464 });
    assert.deepEqual(settings_of({ POSTERN_METRICS_ADDRESS: '127.0.0.1:0' }).metrics_address, { host: '127.0.0.1', port: 0 });
    assert.equal(problems_of({ POSTERN_METRICS_ADDRESS: '9464' }).length, 1);
  });

  it('workers are one on SQLite, one per core on PostgreSQL, or as set', () => {
    assert.equal(worker_count(settings_of({}), 8), 1);
    assert.equal(worker_count(settings_of({ POSTERN_DATABASE_URL: 'postgres://h/d' }), 8), 8);
    assert.equal(worker_count(settings_of({ POSTERN_DATABASE_URL: 'postgres://h/d', POSTERN_WORKERS: '3' }), 8), 3);
  });
});

describe('the documentation of settings', () => {
  const contract = [
    'ISSUER',
    'HOST',
    'PORT',
    'DATABASE_URL',
    'SECRET',
    'ADMIN_KEY',
    'WORKERS',
    'TRUST_PROXY',
    'OPERATORS_ORGANIZATION',
    'LOG_LEVEL',
    'RATE_LIMITS',
    'ALLOW_PRIVATE_NETWORKS',
  ];
  for (const text of [explain_settings(), settings_reference_markdown()]) {
    it('has every setting', () => {
      for (const name of contract) assert.ok(text.includes(`POSTERN_${name}`), name);
    });
  }
});
