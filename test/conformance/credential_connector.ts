import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ConnectorError, type CredentialConnector, type FaultReason, type RefusalReason } from '../../connectors/connector.ts';
import { make_call } from '../support/ldap_connector.ts';

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** A connector towards a partner in some condition. */
export interface OpenedPartner {
  readonly connector: CredentialConnector;
  /** Everything that arrived at the partner so far, as it went over the wire. */
  sent(): Buffer;
  /** Ends every connection that is open now; the partner stays. */
  cut(): void;
  close(): Promise<void>;
}

/** What a partner can be like, and what a right password then comes to. */
export const SITUATIONS = {
  well: 'ok',
  starttls: 'ok',
  first_server_dead: 'ok',
  first_server_mute: 'ok',
  first_server_untrusted: 'ok',
  first_server_busy: 'ok',
  references_to_other_servers: 'ok',
  dead: 'unreachable',
  slow: 'timed_out',
  mute: 'timed_out',
  busy: 'unreachable',
  cuts_off: 'unreachable',
  untrusted_certificate: 'untrusted',
  certificate_for_another_name: 'untrusted',
  expired_certificate: 'untrusted',
  starttls_stripped: 'untrusted',
  starttls_mute: 'timed_out',
  starttls_stuffed: 'malformed',
  clear_text_to_a_public_address: 'misconfigured',
  wrong_service_account: 'misconfigured',
  wrong_base: 'misconfigured',
  base_on_another_server: 'misconfigured',
  password_checks_on_another_server: 'misconfigured',
  ids_hidden: 'misconfigured',
  oversized_message: 'malformed',
  lying_lengths: 'malformed',
  endless_answer: 'malformed',
  answer_to_another_request: 'malformed',
  broken_password_policy: 'malformed',
  entry_outside_the_base: 'invalid_credentials',
} as const satisfies Record<string, 'ok' | FaultReason | RefusalReason>;
export type Situation = keyof typeof SITUATIONS;

const FAULTS: ReadonlySet<string> = new Set(['unreachable', 'timed_out', 'untrusted', 'malformed', 'replayed', 'expired', 'misconfigured']);

/** Situations in which no password may have gone over the wire readably, whatever the connector tried. */
const NOTHING_IN_CLEAR: readonly Situation[] = [
  'well',
  'starttls',
  'untrusted_certificate',
  'certificate_for_another_name',
  'expired_certificate',
  'starttls_stripped',
  'starttls_mute',
  'starttls_stuffed',
  'clear_text_to_a_public_address',
];

/** What shows itself only once the password was right: before that, it would tell who is known. */
const ONLY_WITH_THE_RIGHT_PASSWORD: readonly Situation[] = ['ids_hidden', 'broken_password_policy'];

/** A partner that a connector is tried on. */
export interface CredentialStage {
  readonly name: string;
  readonly people: {
    readonly good: Login & {
      readonly subject: RegExp;
      readonly attributes: Readonly<Record<string, readonly string[]>>;
      readonly groups: readonly string[];
    };
    /** Another spelling of `good`'s name, such as the address. */
    readonly good_otherwise: Login;
    /** A name with signs that mean something in a filter or a distinguished name. */
    readonly odd: Login;
    /** Letters beyond ASCII in what is typed. */
    readonly unicode: Login;
    /** A name that two people have. */
    readonly ambiguous: Login;
    readonly locked: Login;
    readonly expired: Login;
    readonly must_change: Login;
    readonly disabled: Login;
  };
  readonly service_password: string;
  readonly situations: Readonly<Record<Situation, () => Promise<OpenedPartner>>>;
}

const INJECTIONS: readonly string[] = [
  '*',
  '**',
  '*)(uid=*',
  '*)(|(uid=*',
  '*))(|(objectClass=*',
  'a*',
  '\\2a',
  '\\',
  ')',
  '(',
  '*)(&',
  '(objectClass=*)',
  'x)(|(objectClass=*)',
  '{login}',
  '__proto__',
];

/** What every connector that checks passwords at a partner promises, on whichever partner. */
export function credential_connector_conformance(stage: CredentialStage): void {
  const { people } = stage;
  const tried = async (login: { username: unknown; password: unknown }, partner: OpenedPartner): Promise<string> => {
    try {
      // what the form sends is text; the connector must not rely on it
      const outcome = await partner.connector.verify(login as Login, make_call());
      return outcome.ok ? 'ok' : outcome.reason;
    } catch (error) {
      if (error instanceof ConnectorError) return error.reason;
      throw error;
    }
  };

  describe(`password checks at ${stage.name}`, () => {
    it('the stage leaves no situation out', () => {
      assert.deepEqual(Object.keys(stage.situations).sort(), Object.keys(SITUATIONS).sort());
    });

    describe('with a partner that is well', () => {
      let partner: OpenedPartner;
      before(async () => {
        partner = await stage.situations.well();
      });
      after(() => partner.close());

      it('the right password answers who this is: an immutable subject, attributes as lists, groups by name', async () => {
        const outcome = await partner.connector.verify(people.good, make_call());
        assert.ok(outcome.ok, JSON.stringify(outcome));
        assert.match(outcome.identity.subject, people.good.subject);
        for (const [name, values] of Object.entries(people.good.attributes))
          assert.deepEqual(outcome.identity.attributes[name], values, name);
        assert.deepEqual([...(outcome.identity.attributes['memberOf'] ?? [])].sort(), [...people.good.groups].sort());
        assert.equal(outcome.identity.email_verified, undefined);
      });

      it('another spelling of the name is the same person', async () => {
        const [one, other] = [
          await partner.connector.verify(people.good, make_call()),
          await partner.connector.verify(people.good_otherwise, make_call()),
        ];
        assert.ok(one.ok && other.ok);
        assert.equal(one.identity.subject, other.identity.subject);
      });

      it('a wrong password is refused', async () => {
        assert.equal(await tried({ ...people.good, password: `${people.good.password}x` }, partner), 'invalid_credentials');
        assert.equal(await tried({ ...people.good, password: people.good.password.slice(0, -1) }, partner), 'invalid_credentials');
        assert.equal(await tried({ ...people.good, password: ` ${people.good.password}` }, partner), 'invalid_credentials');
      });

      it('an unknown name is refused exactly like a wrong password', async () => {
        assert.equal(await tried({ username: 'nobody-of-that-name', password: people.good.password }, partner), 'invalid_credentials');
      });

      it('a name that two people have is refused like a wrong password, even with a right one', async () => {
        assert.equal(await tried(people.ambiguous, partner), 'invalid_credentials');
      });

      it('locked and disabled accounts are refused like a wrong password', async () => {
        assert.equal(await tried(people.locked, partner), 'invalid_credentials');
        assert.equal(await tried({ ...people.locked, password: 'wrong-password' }, partner), 'invalid_credentials');
        assert.equal(await tried(people.disabled, partner), 'invalid_credentials');
      });

      it('a right password that has expired or must be changed is told apart, a wrong one of the same account is not', async () => {
        for (const [login, reason] of [
          [people.expired, 'password_expired'],
          [people.must_change, 'password_must_change'],
        ] as const) {
          assert.equal(await tried(login, partner), reason);
          assert.equal(await tried({ ...login, password: 'wrong-password' }, partner), 'invalid_credentials');
        }
      });

      it('names with signs of the filter syntax, and beyond ASCII, are found as they are', async () => {
        assert.equal(await tried(people.odd, partner), 'ok');
        assert.equal(await tried(people.unicode, partner), 'ok');
      });

      for (const injected of INJECTIONS) {
        it(`filter injection: ${injected} finds nobody`, async () => {
          assert.equal(await tried({ username: injected, password: people.good.password }, partner), 'invalid_credentials');
        });
      }
      it('filter injection around a real name finds nobody', async () => {
        const { username, password } = people.good;
        for (const injected of [`${username}*`, `${username})(objectClass=*`, `${username})(|(uid=*)`, `*${username}`, `${username}\\00`]) {
          assert.equal(await tried({ username: injected, password }, partner), 'invalid_credentials', injected);
        }
      });

      it('SASL by name: EXTERNAL and its like are names like others', async () => {
        for (const username of ['EXTERNAL', 'PLAIN', 'DIGEST-MD5', 'SCRAM-SHA-1']) {
          assert.equal(await tried({ username, password: 'x' }, partner), 'invalid_credentials', username);
          assert.equal(await tried({ username, password: '' }, partner), 'invalid_credentials', username);
        }
      });

      it('many at once are kept apart', async () => {
        const logins = Array.from({ length: 30 }, (_, index) =>
          index % 3 === 0 ? people.good : { ...people.good, password: `wrong-${index}` },
        );
        // one wrong password after another may lock an account: the right ones only, and unknown names, run beside each other
        const spared = logins.map((login, index) => (index % 3 === 0 ? login : { username: `nobody-${index}`, password: login.password }));
        const outcomes = await Promise.all(spared.map((login) => tried(login, partner)));
        assert.deepEqual(
          outcomes,
          spared.map((_, index) => (index % 3 === 0 ? 'ok' : 'invalid_credentials')),
        );
      });

      it('a connection that was cut while it was idle is made anew, as the service account', async () => {
        assert.equal(await tried(people.good, partner), 'ok');
        partner.cut();
        assert.equal(await tried(people.good, partner), 'ok');
        partner.cut();
        assert.equal(await tried({ ...people.good, password: 'wrong-password' }, partner), 'invalid_credentials');
      });

      it('a call that has no time left does not reach the partner', async () => {
        const call = make_call();
        call.abort();
        await assert.rejects(partner.connector.verify(people.good, call), { reason: 'timed_out' });
      });

      it('the connection test finds nothing to mend', async () => {
        const checks = await partner.connector.preflight(make_call());
        assert.deepEqual(
          checks.filter(({ ok }) => !ok),
          [],
        );
        assert.ok(checks.length >= 5);
      });
    });

    describe('credentials that must not be sent', () => {
      const nothing: readonly (readonly [string, unknown, unknown])[] = [
        ['unauthenticated bind: an empty password', people.good.username, ''],
        ['an empty name', '', people.good.password],
        ['a NUL in the password', people.good.username, `${people.good.password}\0`],
        ['a password that is a NUL', people.good.username, '\0'],
        ['a NUL in the name', `${people.good.username}\0`, people.good.password],
        ['half a character in the password', people.good.username, '\ud800'],
        ['half a character in the name', 'al\udc00ice', people.good.password],
        ['a password that is no text', people.good.username, ['x']],
        ['a password that is nothing', people.good.username, undefined],
        ['a name that is an object', { toString: () => people.good.username }, people.good.password],
        ['a password longer than any', people.good.username, 'x'.repeat(5000)],
      ];
      for (const [what, username, password] of nothing) {
        it(`${what} is refused, and not a byte is sent`, async () => {
          const partner = await stage.situations.well();
          try {
            assert.equal(await tried({ username, password }, partner), 'invalid_credentials');
            assert.equal(partner.sent().length, 0);
          } finally {
            await partner.close();
          }
        });
      }
    });

    for (const [situation, expected] of Object.entries(SITUATIONS) as [Situation, (typeof SITUATIONS)[Situation]][]) {
      const what = situation.replaceAll('_', ' ');
      it(`${what}: a right password comes to ${expected}`, async () => {
        const partner = await stage.situations[situation]();
        try {
          assert.equal(await tried(people.good, partner), expected);
          const wrong = await tried({ ...people.good, password: 'wrong-password' }, partner);
          // what the partner is like must not make a wrong password right
          const refused = expected === 'ok' || ONLY_WITH_THE_RIGHT_PASSWORD.includes(situation);
          assert.equal(wrong, refused ? 'invalid_credentials' : expected);
          if (NOTHING_IN_CLEAR.includes(situation)) {
            const wire = partner.sent();
            for (const secret of [people.good.password, stage.service_password])
              assert.ok(!wire.includes(secret), 'a password went over the wire in clear');
          }
        } finally {
          await partner.close();
        }
      });
      if (FAULTS.has(expected)) {
        it(`${what}: the connection test says what is wrong, and does not throw`, async () => {
          const partner = await stage.situations[situation]();
          try {
            const checks = await partner.connector.preflight(make_call());
            // that password checks go elsewhere, or end badly, shows itself only with a password
            if (!['password_checks_on_another_server', 'broken_password_policy'].includes(situation))
              assert.ok(checks.some(({ ok }) => !ok));
            const all = JSON.stringify(checks);
            assert.ok(!all.includes(stage.service_password));
          } finally {
            await partner.close();
          }
        });
      }
    }

    it('the deadline of the call is kept when the partner is slow', async () => {
      const partner = await stage.situations.slow();
      try {
        await assert.rejects(partner.connector.verify(people.good, make_call(200)), { reason: 'timed_out' });
      } finally {
        await partner.close();
      }
    });

    it('no check of a sign-in repeats a password', async () => {
      const partner = await stage.situations.well();
      try {
        const call = make_call();
        await partner.connector.verify(people.good, call);
        await partner.connector.verify({ ...people.good, password: 'planted-canary' }, call);
        assert.ok(call.checks.length > 0);
        const all = JSON.stringify(call.checks);
        for (const secret of [people.good.password, 'planted-canary', stage.service_password]) assert.ok(!all.includes(secret));
      } finally {
        await partner.close();
      }
    });
  });
}
