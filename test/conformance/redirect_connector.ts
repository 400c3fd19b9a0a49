import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type Call,
  type Callback,
  type Check,
  ConnectorError,
  type FaultReason,
  type Hint,
  type Identity,
  type LoginOutcome,
  type Pending,
  type RedirectConnector,
  type RefusalReason,
} from '../../connectors/connector.ts';
import { Browser } from '../support/browser.ts';

/** What a partner does with a sign-in, and what must come of it. `attack`: nobody is signed in, and it is not put down to a partner that is away. */
export const CONDITIONS = {
  well: 'ok',
  person_cancels: 'cancelled',
  person_not_allowed: 'denied',
  partner_reports_an_error: 'partner_error',
  changed_after_signing: 'attack',
  not_signed: 'attack',
  signed_by_another_key: 'attack',
  signed_with_a_broken_algorithm: 'attack',
  for_another_application: 'attack',
  issued_by_somebody_else: 'attack',
  expired: 'attack',
  issued_in_the_future: 'attack',
  answers_another_request: 'attack',
  answers_no_request: 'attack',
  an_old_message_again: 'attack',
  without_a_subject: 'attack',
} as const satisfies Record<string, 'ok' | 'attack' | RefusalReason>;
export type Condition = keyof typeof CONDITIONS;

/** What an honest but careless partner says of the authentication: held against what the app asked for. */
export const CARELESS = ['authenticated_an_hour_ago', 'in_another_context'] as const;
export type Careless = (typeof CARELESS)[number];

/** What a partner that is not well comes to. */
export const FAULTS = { dead: 'unreachable', error_500: 'unreachable', slow: 'timed_out' } as const satisfies Record<string, FaultReason>;
export type Fault = keyof typeof FAULTS;

/** A message that arrived, with what was kept when the person left. */
export interface Arrival {
  readonly handle: string;
  readonly callback: Callback;
  readonly pending: Pending;
}

export type Who = 'good' | 'unicode';

/** A partner that is running, and a connection to it. */
export interface StagedPartner {
  readonly connector: RedirectConnector;
  /** Epoch milliseconds, of the clock that both sides have. */
  now(): number;
  /** Leaves for the partner, signs in there (where it asks) and comes back, in this browser. */
  sign_in(hint?: Partial<Hint>, options?: { who?: Who; browser?: Browser }): Promise<Arrival>;
  /** From now on, until another condition is set; undefined: well again. */
  set(condition: Condition | Careless | Fault | undefined): void;
  /** Prepares a step that cannot do without the partner (it is still well), to be tried while it is not. */
  step_that_asks(): Promise<(call: Call) => Promise<unknown>>;
  /** Logout messages that the partner sends about this identity; absent: a connection without. */
  readonly logout?: {
    request(identity: Identity): Promise<Callback>;
    /** By the name of the attack. */
    readonly forged: Readonly<Record<string, (identity: Identity) => Promise<Callback>>>;
  };
  close(): Promise<void>;
}

export interface RedirectStage {
  readonly name: string;
  readonly people: Readonly<
    Record<Who, { readonly subject: string; readonly attributes: Readonly<Record<string, readonly string[]>>; readonly password: string }>
  >;
  /** What the partner says of the address of `good`. */
  readonly email_verified: boolean | undefined;
  /** An authentication context that the partner gives when it is asked for. */
  readonly acr: string;
  /** The parameters that carry the answer (`code`, `SAMLResponse`). */
  readonly answer_parameters: readonly string[];
  /** Never to be seen in a check: client secrets and the like. */
  readonly secrets: readonly string[];
  /** Names of checks of the connection test that fail because the partner is a mock (no https). */
  readonly complaints: readonly string[];
  /** Those of `set` that the stage knows: all of them, or the suite fails. */
  readonly conditions: readonly (Condition | Careless | Fault)[];
  /** Another one each time, with its own keys and names. */
  open(): Promise<StagedPartner>;
}

const ATTACK_REASONS: readonly FaultReason[] = ['untrusted', 'malformed', 'replayed', 'expired'];

const GARBAGE: readonly string[] = [
  '',
  ' ',
  '\0',
  'null',
  '{}',
  '[]',
  '<a/>',
  '<!DOCTYPE x [<!ENTITY y "z">]><x>&y;</x>',
  '__proto__',
  'constructor',
  '%00%0d%0a',
  'e30.e30.',
  Buffer.from('<Response/>').toString('base64'),
  'Ω≈ç√∫˜µ\u202e',
  '\ud800',
  'A'.repeat(600_000),
];

/** For a partner that answers: long enough on a machine that is busy with something else. */
const PATIENCE_MS = 120_000;

/** A call that keeps its checks. */
export function noted_call(deadline_ms = PATIENCE_MS): Call & { readonly checks: Check[] } {
  const checks: Check[] = [];
  return { signal: AbortSignal.timeout(deadline_ms), checks, check: (check) => void checks.push(check) };
}

/** What every connector that sends people to their partner promises, at whichever partner. */
export function redirect_connector_conformance(stage: RedirectStage): void {
  const finish = async (partner: StagedPartner, { callback, pending }: Arrival, call = noted_call()): Promise<LoginOutcome> =>
    partner.connector.finish(callback, pending, call);
  const signed_in = async (partner: StagedPartner, arrival: Arrival): Promise<Identity> => {
    const outcome = await finish(partner, arrival);
    assert.ok(outcome.ok, JSON.stringify(outcome));
    return outcome.identity;
  };
  /** Nobody is signed in; what is thrown is a fault of the connector, for one of these reasons. */
  const is_refused = async (step: Promise<unknown>, reasons: readonly FaultReason[] = ATTACK_REASONS): Promise<void> => {
    const result = await step.catch((error: unknown) => error);
    assert.ok(result instanceof ConnectorError, `not refused: ${result instanceof Error ? result.stack : JSON.stringify(result)}`);
    assert.ok(reasons.includes(result.reason), `${result.reason}: ${result.message}`);
  };
  const never_signs_in = async (step: Promise<LoginOutcome>): Promise<void> => {
    const result = await step.catch((error: unknown) => error);
    if (result instanceof Error) assert.ok(result instanceof ConnectorError, result.stack);
    else assert.equal((result as LoginOutcome).ok, false); // finish answers nothing else
  };

  describe(`sign-ins at ${stage.name}`, () => {
    let partner: StagedPartner;
    before(async () => {
      partner = await stage.open();
    });
    after(() => partner.close());
    const under = async <Result>(condition: Condition | Careless | Fault, work: () => Promise<Result>): Promise<Result> => {
      partner.set(condition);
      try {
        return await work();
      } finally {
        partner.set(undefined);
      }
    };

    it('the stage leaves no condition out', () => {
      assert.deepEqual([...stage.conditions].sort(), [...Object.keys(CONDITIONS), ...CARELESS, ...Object.keys(FAULTS)].sort());
    });

    describe('with a partner that is well', () => {
      it('end with the person that the partner names: an immutable subject, attributes as lists of strings', async () => {
        const identity = await signed_in(partner, await partner.sign_in());
        const { subject, attributes } = stage.people.good;
        assert.equal(identity.subject, subject);
        for (const [name, values] of Object.entries(attributes)) assert.deepEqual(identity.attributes[name], values, name);
        for (const values of Object.values(identity.attributes)) assert.ok(values.every((value) => typeof value === 'string'));
        assert.equal(identity.email_verified, stage.email_verified);
        assert.ok(Math.abs((identity.authenticated_at ?? partner.now()) - partner.now()) < 60_000);
      });

      it('keep any letters as they are', async () => {
        const identity = await signed_in(partner, await partner.sign_in({}, { who: 'unicode' }));
        const { subject, attributes } = stage.people.unicode;
        assert.equal(identity.subject, subject);
        for (const [name, values] of Object.entries(attributes)) assert.deepEqual(identity.attributes[name], values, name);
      });

      it('bring the handle back, and it is nowhere but where the partner echoes it', async () => {
        const arrival = await partner.sign_in();
        assert.equal(partner.connector.handle_of(arrival.callback), arrival.handle);
      });

      it('keep what is pending as plain JSON', async () => {
        const { pending } = await partner.sign_in();
        assert.deepEqual(JSON.parse(JSON.stringify(pending)), pending);
      });

      it('are kept apart when several go on at once, and also in one browser', async () => {
        const browser = new Browser();
        const arrivals = [
          await partner.sign_in({}, { browser }),
          await partner.sign_in({}, { who: 'unicode' }),
          await partner.sign_in({}, { browser }),
        ];
        const identities = await Promise.all(arrivals.map((arrival) => signed_in(partner, arrival)));
        assert.deepEqual(
          identities.map(({ subject }) => subject),
          [stage.people.good.subject, stage.people.unicode.subject, stage.people.good.subject],
        );
      });

      it('take any handle of the house: 80 characters', async () => {
        const arrival = await partner.sign_in({ handle: 'h'.repeat(80) });
        assert.equal(partner.connector.handle_of(arrival.callback), 'h'.repeat(80));
        await signed_in(partner, arrival);
      });

      it('can be tested beforehand, with nothing to mend', async () => {
        const checks = await partner.connector.preflight(noted_call());
        assert.ok(checks.length >= 3);
        const failed = checks.filter(({ ok }) => !ok).map(({ name }) => name);
        assert.deepEqual([...new Set(failed)].sort(), [...stage.complaints].sort());
      });

      it('note what was looked at, and no secret', async () => {
        const call = noted_call();
        const arrival = await partner.sign_in();
        assert.ok((await finish(partner, arrival, call)).ok);
        assert.ok(call.checks.length >= 2 && call.checks.every(({ ok }) => ok));
        const noted = JSON.stringify(call.checks);
        const answers = stage.answer_parameters.map((name) => arrival.callback.parameters[name] ?? '').filter((value) => value !== '');
        for (const secret of [...stage.secrets, ...answers, ...Object.values(stage.people).map(({ password }) => password)])
          assert.ok(!noted.includes(secret), 'a secret was noted');
      });
    });

    describe('that the app wants in a certain way', () => {
      it('ask the person anew when the app says so, although the partner knows the browser', async () => {
        const browser = new Browser();
        await signed_in(partner, await partner.sign_in({}, { browser }));
        const identity = await signed_in(partner, await partner.sign_in({ force_authn: true }, { browser }));
        assert.ok(identity.authenticated_at !== undefined);
      });

      it('are refused when the partner did not ask anew', async () => {
        const outcome = await under('authenticated_an_hour_ago', async () => finish(partner, await partner.sign_in({ force_authn: true })));
        assert.equal(outcome.ok ? 'ok' : outcome.reason, 'authentication_context');
      });

      it('are refused when the authentication is older than max_age', async () => {
        const outcome = await under('authenticated_an_hour_ago', async () => finish(partner, await partner.sign_in({ max_age: 600 })));
        assert.equal(outcome.ok ? 'ok' : outcome.reason, 'authentication_context');
      });

      it('are accepted when the authentication is within max_age, and say when it was', async () => {
        const identity = await under('authenticated_an_hour_ago', async () => signed_in(partner, await partner.sign_in({ max_age: 7200 })));
        const age = partner.now() - (identity.authenticated_at ?? 0);
        assert.ok(age > 3_500_000 && age < 3_800_000, String(age));
      });

      it('are accepted with an old authentication when nobody asked for a fresh one', async () => {
        await under('authenticated_an_hour_ago', async () => signed_in(partner, await partner.sign_in()));
      });

      it('say the context that was asked for and given', async () => {
        const identity = await signed_in(partner, await partner.sign_in({ acr_values: ['urn:nowhere', stage.acr] }));
        assert.equal(identity.acr, stage.acr);
      });

      it('are refused when the partner gave another context than one that was asked for', async () => {
        const outcome = await under('in_another_context', async () => finish(partner, await partner.sign_in({ acr_values: [stage.acr] })));
        assert.equal(outcome.ok ? 'ok' : outcome.reason, 'authentication_context');
      });
    });

    for (const [condition, expected] of Object.entries(CONDITIONS) as [Condition, (typeof CONDITIONS)[Condition]][]) {
      if (expected === 'ok') continue;
      const what = condition.replaceAll('_', ' ');
      it(`${what}: ${expected === 'attack' ? 'nobody is signed in, and the trace says at which check' : expected}`, async () => {
        const call = noted_call();
        await under(condition, async () => {
          // an old message again: there must have been one
          if (condition === 'an_old_message_again') {
            partner.set(undefined);
            await signed_in(partner, await partner.sign_in());
            partner.set(condition);
          }
          const arrival = await partner.sign_in();
          if (expected === 'attack') return is_refused(finish(partner, arrival, call));
          const outcome = await finish(partner, arrival, call);
          assert.equal(outcome.ok ? 'ok' : outcome.reason, expected);
        });
        assert.ok(
          call.checks.some(({ ok }) => !ok),
          'no failed check was noted',
        );
      });
      if (expected === 'attack') {
        it(`${what}: leaves nothing behind that hinders an honest sign-in`, async () => {
          await under(condition, async () => finish(partner, await partner.sign_in()).catch(() => undefined));
          await signed_in(partner, await partner.sign_in());
        });
      }
    }

    describe('answers that somebody plays with', () => {
      it('replay: an answer that signed in once does not sign in again', async () => {
        const arrival = await partner.sign_in();
        await signed_in(partner, arrival);
        await is_refused(finish(partner, arrival));
      });

      it('replay race: of 20 at once, one signs in', async () => {
        const arrival = await partner.sign_in();
        const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => finish(partner, arrival)));
        assert.equal(outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value.ok).length, 1);
      });

      it('login mix-up: the answer to one sign-in does not fit another', async () => {
        const [mine, theirs] = [await partner.sign_in(), await partner.sign_in({}, { who: 'unicode' })];
        await is_refused(finish(partner, { ...theirs, pending: mine.pending }));
      });

      it('injection: the answer to one sign-in does not fit another, with the handle exchanged', async () => {
        const [mine, theirs] = [await partner.sign_in(), await partner.sign_in({}, { who: 'unicode' })];
        const carries = Object.entries(mine.callback.parameters).filter(([, value]) => value === mine.handle);
        const parameters = { ...theirs.callback.parameters, ...Object.fromEntries(carries) };
        await is_refused(finish(partner, { ...mine, callback: { ...theirs.callback, parameters } }));
      });

      it('partner mix-up: an answer of another partner is refused, whatever was pending', async () => {
        const other = await stage.open();
        try {
          const [mine, theirs] = [await partner.sign_in(), await other.sign_in()];
          await is_refused(finish(partner, theirs));
          await is_refused(finish(partner, { ...theirs, pending: mine.pending }));
          await signed_in(other, theirs);
        } finally {
          await other.close();
        }
      });

      it('parameter pollution: a repeated parameter is refused', async () => {
        for (const name of stage.answer_parameters) {
          const arrival = await partner.sign_in();
          await is_refused(finish(partner, { ...arrival, callback: { ...arrival.callback, repeated: [name] } }));
        }
      });

      it('parameter pollution: a repeated handle is no handle', async () => {
        const { callback, handle } = await partner.sign_in();
        const names = Object.entries(callback.parameters).flatMap(([name, value]) => (value === handle ? [name] : []));
        assert.ok(names.length > 0);
        const found = partner.connector.handle_of({
          ...callback,
          parameters: { ...callback.parameters },
          repeated: [...names, ...stage.answer_parameters],
        });
        assert.equal(found, undefined);
      });

      it('an answer with nothing in it carries no handle and is refused', async () => {
        const { pending } = await partner.sign_in();
        for (const method of ['GET', 'POST'] as const) {
          const callback: Callback = { method, parameters: {}, repeated: [], ...(method === 'GET' && { query: '' }) };
          assert.equal(partner.connector.handle_of(callback), undefined);
          await is_refused(partner.connector.finish(callback, pending, noted_call()));
        }
      });

      it('garbage in place of the answer is refused, and not put down to the partner', async () => {
        for (const name of stage.answer_parameters) {
          const arrival = await partner.sign_in();
          for (const value of GARBAGE) {
            const parameters = { ...arrival.callback.parameters, [name]: value };
            const callback: Callback = {
              method: arrival.callback.method,
              parameters,
              repeated: [],
              query: new URLSearchParams(parameters).toString(),
            };
            partner.connector.handle_of(callback);
            await is_refused(partner.connector.finish(callback, arrival.pending, noted_call()));
          }
        }
      });

      it('any parameters at all: never a sign-in, never an error of another kind', async () => {
        const { callback: good, pending } = await partner.sign_in();
        const names = fc.constantFrom(
          ...Object.keys(good.parameters),
          'error',
          'error_description',
          'iss',
          'id_token',
          '__proto__',
          'SAMLResponse',
          'x',
        );
        const entries = fc.array(
          fc.tuple(names, fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.constantFrom(...GARBAGE.slice(0, 14)))),
          {
            maxLength: 8,
          },
        );
        await fc.assert(
          fc.asyncProperty(entries, fc.constantFrom('GET' as const, 'POST' as const), async (list, method) => {
            const parameters = Object.fromEntries(list);
            const callback: Callback = { method, parameters, repeated: [], ...(method === 'GET' && { query: '' }) };
            partner.connector.handle_of(callback);
            await never_signs_in(partner.connector.finish(callback, pending, noted_call()));
          }),
          { numRuns: 60 },
        );
      });
    });

    for (const [fault, reason] of Object.entries(FAULTS) as [Fault, FaultReason][]) {
      it(`${fault.replace('_', ' ')}: ${reason}, the connection test says so, and all is well again when the partner is`, async () => {
        const step = await partner.step_that_asks();
        await under(fault, async () => {
          await is_refused(step(noted_call(fault === 'slow' ? 300 : PATIENCE_MS)), [reason]);
          const checks = await partner.connector.preflight(noted_call(fault === 'slow' ? 300 : PATIENCE_MS));
          assert.ok(checks.some(({ ok, name }) => !ok && !stage.complaints.includes(name)));
        });
        await signed_in(partner, await partner.sign_in());
      });
    }

    describe('that end', () => {
      it('a logout message of the partner names the sign-in that it ends, and is known again when it comes twice', async () => {
        assert.ok(partner.logout !== undefined && partner.connector.logout !== undefined, 'a stage shows how a sign-in ends');
        const identity = await signed_in(partner, await partner.sign_in());
        const callback = await partner.logout.request(identity);
        const message = await partner.connector.logout.receive(callback, noted_call());
        assert.ok(message.kind === 'request');
        assert.ok(message.subject !== undefined || message.session !== undefined);
        if (message.subject !== undefined) assert.equal(message.subject, identity.subject);
        for (const [name, value] of Object.entries(message.session ?? {})) assert.equal(identity.session?.[name], value, name);
        const again = await partner.connector.logout.receive(callback, noted_call());
        const other = await partner.connector.logout.receive(await partner.logout.request(identity), noted_call());
        assert.ok(again.kind === 'request' && other.kind === 'request');
        assert.equal(again.once.key, message.once.key);
        assert.notEqual(other.once.key, message.once.key);
      });

      it('a forged logout message ends nothing', async () => {
        assert.ok(partner.logout !== undefined && partner.connector.logout !== undefined, 'a stage shows how a sign-in ends');
        const identity = await signed_in(partner, await partner.sign_in());
        assert.ok(Object.keys(partner.logout.forged).length >= 5);
        for (const [attack, forge] of Object.entries(partner.logout.forged)) {
          const callback = await forge(identity);
          const result = await partner.connector.logout.receive(callback, noted_call()).catch((error: unknown) => error);
          assert.ok(result instanceof ConnectorError && ATTACK_REASONS.includes(result.reason), `${attack}: ${String(result)}`);
        }
      });

      it('garbage at the logout address is refused', async () => {
        const { logout } = partner.connector;
        assert.ok(logout !== undefined);
        for (const value of GARBAGE)
          for (const name of ['logout_token', 'SAMLRequest', 'SAMLResponse']) {
            const callback: Callback = { method: 'POST', parameters: { [name]: value }, repeated: [] };
            await is_refused(logout.receive(callback, noted_call()));
          }
      });
    });
  });
}
