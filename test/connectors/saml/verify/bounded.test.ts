import assert from 'node:assert/strict';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { is_acceptable_key } from '../../../../connectors/saml/verify/algorithms.ts';
import {
  ask_worker,
  even_out,
  is_dear,
  make_bounded_verifier,
  make_turns,
  Refusal,
  SMALL,
  type Turns,
} from '../../../../connectors/saml/verify/index.ts';
import { canonicalize, MESSAGE_CAPS, read_xml, XmlFault } from '../../../../connectors/saml/xml/index.ts';
import { encrypt_for } from '../../../support/saml/encryption.ts';
import { ATTACKER, base64, type Bench, forge_xml, make_bench, swap, trust_of, try_response } from '../../../support/saml/forge.ts';

const note = (): void => undefined;
/** For a worker that is to answer: long enough on a machine that is busy with something else. */
const PATIENCE_MS = 60_000;
const at_once = <Result>(work: () => Promise<Result>): Promise<Result> => work();
const worker = (name: string): URL => new URL(`../../../support/saml/${name}_worker.ts`, import.meta.url);

/** Turns that count who took one. */
function counted(turns: Turns = make_turns()): Turns & { taken: number } {
  return {
    taken: 0,
    take(work) {
      this.taken++;
      return turns.take(work);
    },
  };
}

describe('a large message is verified in a worker', () => {
  let bench: Bench;
  let large: string;
  before(async () => {
    bench = await make_bench();
    large = forge_xml(bench, {
      answer: { attributes: { __proto: ['x'], groups: Array.from({ length: 2000 }, (_, index) => `group ${index} ${'x'.repeat(60)}`) } },
    });
  });

  it('with the same verdict and the same checks as at once', async () => {
    const turns = counted();
    const checks: string[] = [];
    const verdict = await make_bounded_verifier({ turns, deadline_ms: PATIENCE_MS }).verify(
      base64(large),
      trust_of(bench),
      ({ name, detail }) => checks.push(`${name}: ${detail}`),
    );
    const here = try_response(base64(large), trust_of(bench));
    assert.ok('verdict' in here);
    assert.deepEqual([verdict, checks], [here.verdict, here.checks.map(({ name, detail }) => `${name}: ${detail}`)]);
    assert.equal(turns.taken, 1);
  });

  it('and its attributes mean nothing to the language here either', async () => {
    const verdict = await make_bounded_verifier({ deadline_ms: PATIENCE_MS }).verify(base64(large), trust_of(bench), note);
    assert.ok(verdict.kind === 'assertion');
    assert.equal(Object.getPrototypeOf(verdict.assertion.attributes), null);
  });

  it('with the same refusal, how far the clocks are apart included', async () => {
    const checks: boolean[] = [];
    const verifier = make_bounded_verifier({ small: 0, deadline_ms: PATIENCE_MS, even_out: at_once });
    await assert.rejects(
      verifier.verify(base64(swap(large, ATTACKER, 'victim')), trust_of(bench), ({ ok }) => checks.push(ok)),
      (fault: unknown) => fault instanceof Refusal && fault.reason === 'untrusted',
    );
    assert.ok(checks.includes(false));
    await assert.rejects(
      verifier.verify(base64(large), trust_of(bench, { now: trust_of(bench).now - 240_000 }), note),
      (fault: unknown) => fault instanceof Refusal && fault.reason === 'expired' && fault.seconds === 240,
    );
  });

  it('and so is a small one that may be dear; an ordinary one is not', async () => {
    const turns = counted();
    const verifier = make_bounded_verifier({
      turns: { take: (work) => turns.take(async () => (await work(), Promise.reject(new Refusal('malformed', 'seen')))) },
      even_out: at_once,
    });
    const message = (inside: string): string =>
      base64(
        forge_xml(bench, { after: (xml) => swap(xml, '<samlp:Status>', `<samlp:Extensions>${inside}</samlp:Extensions><samlp:Status>`) }),
      );
    const dear = [message('<x/>'.repeat(3001)), message(`<x ${Array.from({ length: 3001 }, (_, index) => `a${index}=""`).join(' ')}/>`)];
    const sealed = encrypt_for(bench.decryption.publicKey, '<x/>', 'saml:EncryptedAssertion');
    dear.push(base64(sealed.replace(/<xenc:EncryptedKey.*<\/xenc:EncryptedKey>/s, (key) => key + key)));
    for (const one of dear) {
      assert.ok(one.length < SMALL && is_dear(one));
      await assert.rejects(verifier.verify(one, trust_of(bench), note), /seen/);
    }
    assert.equal(turns.taken, dear.length);
    for (const forging of [
      {},
      { sign: 'both' as const },
      { sealed: (xml: string) => encrypt_for(bench.decryption.publicKey, xml, 'saml:EncryptedAssertion') },
    ]) {
      const verdict = await verifier.verify(base64(forge_xml(bench, forging)), trust_of(bench), note);
      assert.equal(verdict.kind, 'assertion');
    }
    assert.equal(turns.taken, dear.length);
  });

  it('unless it is larger than any message may be: its length alone refuses it', async () => {
    const turns = counted();
    const verifier = make_bounded_verifier({ turns, even_out: at_once });
    await assert.rejects(verifier.verify('A'.repeat(50_000_000), trust_of(bench), note), /larger than/);
    assert.equal(turns.taken, 0);
  });

  it('until its deadline', async () => {
    const verifier = make_bounded_verifier({ small: 0, deadline_ms: 0, even_out: at_once });
    await assert.rejects(verifier.verify(base64(large), trust_of(bench), note), /within 0 ms/);
    // a worker that hears nothing is ended from outside, and its turn is free again
    const turns = make_turns({ at_once: 1 });
    await assert.rejects(ask_worker(worker('endless'), {}, { turns, deadline_ms: 200 }), /within 200 ms/);
    assert.deepEqual(await ask_worker(worker('echo'), { a: 1 }, { turns, deadline_ms: PATIENCE_MS }), { a: 1 });
  });

  it('with no more memory than it is given', async () => {
    const turns = make_turns({ at_once: 1 });
    await assert.rejects(
      ask_worker(worker('greedy'), {}, { turns, deadline_ms: PATIENCE_MS }),
      (fault: unknown) => fault instanceof Refusal && /memory/.test(fault.message),
    );
    assert.deepEqual(await ask_worker(worker('echo'), { a: 1 }, { turns, deadline_ms: PATIENCE_MS }), { a: 1 });
  });

  it('one after the other for a connection, and no more of them wait than is bearable', async () => {
    let running = 0;
    let most = 0;
    const turns: Turns = {
      async take(work) {
        most = Math.max(most, ++running);
        try {
          return await work();
        } finally {
          running--;
        }
      },
    };
    const verifier = make_bounded_verifier({ turns, small: 0, deadline_ms: PATIENCE_MS, even_out: at_once });
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => verifier.verify(base64(large), trust_of(bench), note)));
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 8);
    assert.equal(most, 1);
    assert.ok((await verifier.verify(base64(large), trust_of(bench), note)).kind === 'assertion');
  });
});

describe('turns', () => {
  it('let so many work at once, so many wait in the order in which they came, and nobody else in', async () => {
    const turns = make_turns({ at_once: 2, most_waiting: 3 });
    const order: number[] = [];
    const ends: (() => void)[] = [];
    const all = Array.from({ length: 7 }, (_, index) =>
      turns.take(
        () =>
          new Promise<number>((resolve) => {
            order.push(index);
            ends.push(() => resolve(index));
          }),
      ),
    );
    const refused: number[] = [];
    for (const [index, one] of all.entries())
      void one.catch((fault: unknown) => {
        if (fault instanceof Refusal) refused.push(index);
      });
    const soon = (): Promise<unknown> => new Promise((resolve) => setImmediate(resolve));
    await soon();
    assert.deepEqual(
      [order, refused],
      [
        [0, 1],
        [5, 6],
      ],
    );
    for (const running of [
      [0, 1, 2],
      [0, 1, 2, 3],
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4],
    ]) {
      ends.shift()?.();
      await soon();
      assert.deepEqual(order, running);
    }
    ends.shift()?.();
    assert.deepEqual(await Promise.all(all.slice(0, 5)), [0, 1, 2, 3, 4]);
  });

  it('come round when the work fails', async () => {
    const turns = make_turns({ at_once: 1, most_waiting: 1 });
    await assert.rejects(
      turns.take(() => Promise.reject(new Error('failed'))),
      /failed/,
    );
    assert.equal(await turns.take(async () => 1), 1);
  });
});

describe('a refusal', () => {
  it('leaves at a whole step of time after the message came, however long it took', async () => {
    for (const [took, paused] of [
      [1, 49],
      [30, 20],
      [49.5, 0.5],
      [70, 30],
      [210, 40],
    ] as const) {
      let time = 1000;
      const pauses: number[] = [];
      const pause = async (ms: number): Promise<void> => void pauses.push(ms);
      const refusing = async (): Promise<never> => {
        time += took;
        throw new Refusal('untrusted', 'x');
      };
      await assert.rejects(even_out(refusing, { ticks: () => time, pause }), Refusal);
      assert.deepEqual(pauses, [paused]);
    }
  });

  it('is the only thing that waits', async () => {
    const pause = (): Promise<void> => Promise.reject(new Error('waited'));
    assert.equal(await even_out(async () => 1, { ticks: () => 1, pause }), 1);
    await assert.rejects(
      even_out(() => Promise.reject(new TypeError('ours')), { ticks: () => 1, pause }),
      TypeError,
    );
  });
});

describe('what a message may make us do is bounded', () => {
  const read = (xml: string): ReturnType<typeof read_xml> => read_xml(xml, MESSAGE_CAPS);

  it('a canonical form is never much longer than its message may be (a namespace that is written again and again)', () => {
    const uri = `urn:${'u'.repeat(500)}`;
    const few = `<y xmlns:p="${uri}">${'<p:x/>'.repeat(1000)}</y>`;
    assert.ok(canonicalize(read(few), { algorithm: 'exclusive' }).length > 500_000);
    const many = `<y xmlns:p="${uri}">${'<p:x/>'.repeat(9000)}</y>`;
    assert.throws(() => canonicalize(read(many), { algorithm: 'exclusive' }), XmlFault);
    assert.throws(() => read(`<y xmlns:p="urn:${'u'.repeat(600)}"/>`), XmlFault);
  });

  it('attributes in long namespaces are told apart and put in order without reading those over and over', () => {
    const uris = [`urn:${'u'.repeat(500)}1`, `urn:${'u'.repeat(500)}0`];
    const attributes = Array.from({ length: 12 }, (_, index) => `${index % 2 === 0 ? 'a' : 'b'}:n${index}="" `).join('');
    const text = canonicalize(read(`<x xmlns:a="${uris[0] ?? ''}" xmlns:b="${uris[1] ?? ''}" ${attributes}/>`), { algorithm: 'inclusive' });
    assert.deepEqual(
      [...text.matchAll(/ ([ab]):n(\d+)=/g)].map(([, prefix, number]) => `${prefix ?? ''}${number ?? ''}`),
      ['b1', 'b11', 'b3', 'b5', 'b7', 'b9', 'a0', 'a10', 'a2', 'a4', 'a6', 'a8'],
    );
    assert.throws(() => read(`<x xmlns:a="urn:a" xmlns:b="urn:a" ${attributes} a:n1=""/>`), /twice/);
  });

  it('no key costs more than a signature may (RSA of 16384 bits, huge exponents)', () => {
    const key = (n: Buffer, e: Buffer): KeyObject =>
      createPublicKey({ key: { kty: 'RSA', n: n.toString('base64url'), e: e.toString('base64url') }, format: 'jwk' });
    const modulus = (bits: number): Buffer => Buffer.alloc(bits / 8, 0xff);
    const usual = Buffer.from([1, 0, 1]);
    for (const bits of [2048, 3072, 4096, 8192]) assert.ok(is_acceptable_key(key(modulus(bits), usual)), String(bits));
    assert.ok(!is_acceptable_key(key(modulus(8200), usual)));
    assert.ok(!is_acceptable_key(key(modulus(16384), usual)));
    assert.ok(!is_acceptable_key(key(modulus(2048), modulus(1024))));
    assert.ok(!is_acceptable_key(key(modulus(2048), Buffer.from([2, 0, 0, 0, 1]))));
  });
});
