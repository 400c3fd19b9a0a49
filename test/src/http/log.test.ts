import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { logged_path, make_log } from '../../../src/http/index.ts';
import { Conflict, UpstreamFault } from '../../../src/kernel/index.ts';

/** A log whose lines are kept. */
function kept_log(): { log: ReturnType<typeof make_log>; lines: string[] } {
  const lines: string[] = [];
  return { log: make_log('trace', { write: (line: string) => void lines.push(line) }), lines };
}
const line_of = (fields: object): { text: string; fields: Record<string, unknown> } => {
  const { log, lines } = kept_log();
  log.info(fields, 'something happened');
  const [text = ''] = lines;
  return { text, fields: JSON.parse(text) as Record<string, unknown> }; // one JSON object a line
};
const CANARY = 'canary-7f3a9';

describe('the log', () => {
  for (const name of [
    ...['password', 'bind_password', 'newPassword', 'client_secret', 'secret', 'secrets', 'passphrase', 'recovery_codes'],
    ...['token', 'access_token', 'refresh_token', 'id_token', 'logout_token', 'accessToken', 'registration_access_token'],
    ...['code', 'code_verifier', 'state', 'nonce', 'user_code', 'device_code', 'SAMLResponse', 'SAMLRequest', 'RelayState'],
    ...['assertion', 'client_assertion', 'authorization', 'Authorization', 'cookie', 'Set-Cookie', 'credentials'],
    ...['key', 'private_key', 'private_key_pem', 'admin_key', 'api_key', 'key_hash', 'sealed_payload'],
  ]) {
    it(`never holds a ${name}, at whatever depth`, () => {
      for (const fields of [
        { [name]: CANARY },
        { a: { [name]: CANARY } },
        { a: { b: { c: { [name]: CANARY } } } },
        { a: [{ b: [{ [name]: [CANARY] }] }] },
        { a: { [name]: { deeper: CANARY } } },
      ]) {
        assert.doesNotMatch(line_of(fields).text, /canary/, JSON.stringify(fields));
      }
    });
  }

  it('still says what is no secret', () => {
    const { fields } = line_of({
      request_id: 'req_1',
      status: 500,
      code: 1,
      token_endpoint_auth_method: 'private_key_jwt',
      secret: null,
      ok: true,
    });
    assert.deepEqual(
      [
        fields['request_id'],
        fields['status'],
        fields['code'],
        fields['token_endpoint_auth_method'],
        fields['secret'],
        fields['ok'],
        fields['msg'],
      ],
      ['req_1', 500, 1, 'private_key_jwt', null, true, 'something happened'],
    );
  });

  it('names no e-mail address, and shows no token or private key, inside a text of any name', () => {
    const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl';
    const { text } = line_of({
      reason: `no account for ${CANARY}@acme.example`,
      more: [`Bearer ${jwt}`, '-----BEGIN RSA PRIVATE KEY-----\ncanary'],
      error: new UpstreamFault('partner_error', 'no', { detail: `the person ${CANARY}@acme.example was answered ${jwt}` }),
    });
    assert.doesNotMatch(text, /canary|eyJ|acme\.example/);
  });

  it('describes an error: what, where, why, with its causes and its code', () => {
    const error = new Conflict('already_exists', 'This already exists.', {
      detail: 'users_user_name',
      cause: Object.assign(new Error('below'), { code: 'SQLITE_CONSTRAINT' }),
    });
    const told = line_of({ error }).fields['error'] as Record<string, unknown>; // by what is asserted of it
    assert.equal(told['name'], 'Conflict');
    assert.equal(told['code'], 'already_exists');
    assert.equal(told['detail'], 'users_user_name');
    assert.match(String(told['stack']), /log\.test\.ts/);
    assert.deepEqual(told['cause'], { name: 'Error', message: 'below', code: 'SQLITE_CONSTRAINT' });
  });

  it('holds nothing of an error but that: no field of a library, no detail of the database, no input that a parser repeats', () => {
    const parse_error = (): unknown => {
      try {
        return JSON.parse(`{"${CANARY}": x`);
      } catch (error) {
        return error;
      }
    };
    const from_database = Object.assign(new Error('duplicate key value'), {
      code: '23505',
      detail: `Key (email)=(${CANARY}) already exists.`,
      parameters: [CANARY],
    });
    const from_http = Object.assign(new Error('malformed'), { data: CANARY, body: CANARY, config: { headers: { authorization: CANARY } } });
    for (const error of [
      parse_error(),
      from_database,
      from_http,
      new Error('outer', { cause: from_database }),
      new Error('outer', { cause: parse_error() }),
    ]) {
      for (const name of ['error', 'err', 'reason', 'cause']) assert.doesNotMatch(line_of({ [name]: error }).text, /canary/);
      assert.doesNotMatch(line_of({ a: { b: [error] } }).text, /canary/);
    }
  });

  it('a message of several lines does not stay in the stack', () => {
    const error = new SyntaxError(`first\n${CANARY}\n    not a frame`);
    assert.doesNotMatch(line_of({ error }).text, /canary/);
  });

  it('log injection: CR, LF and control characters stay inside one line', () => {
    const { log, lines } = kept_log();
    log.warn({ path: '/x\r\n{"level":60,"msg":"forged"}', name: '\u001b[31mred\u0000' }, 'a request failed');
    assert.equal(lines.length, 1);
    assert.equal(lines[0]?.trimEnd().split(/[\r\n]/).length, 1);
    assert.doesNotMatch(lines[0] ?? '', /\u001b|\u0000/);
  });

  it('what has no end, is huge or strange does no harm', () => {
    const round: Record<string, unknown> = {};
    round['round'] = round;
    const { text } = line_of({
      round,
      huge: 'x'.repeat(1_000_000),
      buffer: Buffer.from(CANARY),
      map: new Map([['a', CANARY]]),
      many: Array.from({ length: 10_000 }, () => 1),
    });
    assert.ok(text.length < 20_000, String(text.length));
    assert.doesNotMatch(text, /canary/);
  });

  it('the path of a set-up link is logged without its secret', () => {
    assert.equal(logged_path('/setup/canary'), '/setup/***');
    assert.equal(logged_path('/setup/canary/connection'), '/setup/***/connection');
    assert.equal(logged_path('//setup//canary/x'), '//setup//***/x');
    assert.equal(logged_path('/login/uid/password'), '/login/uid/password');
  });
});
