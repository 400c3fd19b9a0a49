import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { BrokenMessage } from '../../../connectors/ldap/ber.ts';
import { decode, policy_of } from '../../../connectors/ldap/decode.ts';
import { make_frame_reader } from '../../../connectors/ldap/frame.ts';
import { policy_value, RESULT_OF, write_entry, write_reference, write_result } from '../../../src/mock/ldap/wire.ts';

const messages = [
  write_result(2, {
    operation: RESULT_OF.bind,
    controls: [{ oid: '1.3.6.1.4.1.42.2.27.8.5.1', value: policy_value({ error: 2, grace: 3 }) }],
  }),
  write_entry(3, 'cn=a,dc=b', [
    ['cn', ['a']],
    ['jpegPhoto', [Buffer.alloc(3000, 1)]],
  ]),
  write_reference(3, 'ldap://elsewhere'),
  write_result(3, { operation: RESULT_OF.search, code: 10, referrals: ['ldap://elsewhere'] }),
  write_result(4, { operation: RESULT_OF.extended, oid: '1.2.3', value: 'x' }),
];

describe('messages of a directory', () => {
  it('are cut out of the stream, wherever it was cut', () => {
    const stream = Buffer.concat(messages);
    for (const size of [1, 2, 3, 7, 100, 4000, stream.length]) {
      const reader = make_frame_reader();
      const frames: Buffer[] = [];
      for (let at = 0; at < stream.length; at += size) frames.push(...reader.push(stream.subarray(at, at + size)));
      assert.deepEqual(frames, messages);
      assert.equal(reader.pending, 0);
    }
  });

  it('BER bomb: a length of gigabytes is refused when it is announced', () => {
    for (const start of ['30847fffffff', '3084ffffffff', '308400500000'])
      assert.throws(() => make_frame_reader().push(Buffer.from(start, 'hex')), BrokenMessage);
  });

  it('that are none are refused: other tags, indefinite lengths, lengths of five bytes', () => {
    for (const start of ['3180', '3080', '30850000000001', '485454502f312e31', '16030100']) {
      assert.throws(() => make_frame_reader().push(Buffer.from(start, 'hex')), BrokenMessage, start);
    }
  });

  it('come out as what was sent', () => {
    const [bind, entry, reference, search, extended] = messages.map(decode);
    assert.ok(bind?.kind === 'bind' && bind.id === 2);
    assert.deepEqual(policy_of(bind.controls), { error: 2, grace: 3, expires_in: undefined });
    assert.ok(entry?.kind === 'entry' && entry.entry.dn === 'cn=a,dc=b');
    assert.deepEqual(
      entry.entry.attributes.map(({ name, values }) => [name, values[0]?.length]),
      [
        ['cn', 1],
        ['jpegPhoto', 3000],
      ],
    );
    assert.deepEqual(reference, { id: 3, kind: 'reference', count: 1 });
    assert.ok(search?.kind === 'search' && search.result.code === 10);
    assert.ok(extended?.kind === 'extended' && extended.result.code === 0);
  });

  it('whose inner lengths lie, or whose parts are others, are refused', () => {
    const broken = [
      // an entry whose list of attributes ends beyond the message: ldapts would look for its end for ever
      '300b02010264060400307f307f',
      // the same, with a list that does not say that it is one
      '300b02010264060400107f107f',
      '300b02010264060400047f047f',
      '3003020201',
      '30050201026102',
      '300c02010261070a0100040004007f',
      '300702010261020a01',
      // no result in it
      '30050201026100',
      // an intermediate response
      '30050201027900',
      // controls that are none
      '300e02010261070a010004000400a000'.replace('a000', 'a100'),
      '301002010261070a010004000400a0020500',
    ];
    for (const lie of broken) assert.throws(() => decode(Buffer.from(lie, 'hex')), BrokenMessage, lie);
  });

  it('changed anywhere, are refused or read: nothing else is thrown, nothing runs for ever', () => {
    const change = fc.tuple(fc.nat(messages.length - 1), fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { minLength: 1, maxLength: 4 }));
    const read = (bytes: Buffer): void => {
      try {
        for (const frame of make_frame_reader().push(bytes)) {
          const answer = decode(frame);
          if ('controls' in answer) policy_of(answer.controls);
        }
      } catch (error) {
        assert.ok(error instanceof BrokenMessage, String(error));
      }
    };
    fc.assert(
      fc.property(change, ([which, changes]) => {
        const bytes = Buffer.from(messages[which] ?? '');
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        read(bytes);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => read(Buffer.from([0x30, bytes.length, ...bytes]))),
      { numRuns: 1000 },
    );
  });
});
