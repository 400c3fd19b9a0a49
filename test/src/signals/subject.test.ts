import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { read_subject } from '../../../src/signals/subject.ts';

const ISSUERS = new Set(['https://idp.example']);
const text = fc.string({ minLength: 1, maxLength: 40 });
const person = fc.oneof(
  fc.record({ format: fc.constant('iss_sub'), iss: fc.constantFrom('https://idp.example', 'https://other.example'), sub: text }),
  fc.record({ format: fc.constant('opaque'), id: text }),
  fc.record({ format: fc.constant('email'), email: fc.oneof(text, fc.constant('Ann@ACME.example')) }),
);

describe('the subject of a security event (RFC 9493)', () => {
  it('is never read out of something else, and reading never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ format: text, id: fc.anything(), user: fc.anything() })), (sub_id) => {
        const read = read_subject(sub_id, ISSUERS);
        assert.ok(read === undefined || Object.keys(read).length > 0, 'a subject names somebody, or there is none');
      }),
    );
  });

  it('is the person of an issuer that the connection knows, alone and within a complex subject alike', () => {
    fc.assert(
      fc.property(person, fc.option(text, { nil: undefined }), (user, session) => {
        const alone = read_subject(user, ISSUERS);
        const within = read_subject(
          { format: 'complex', user, ...(session !== undefined && { session: { format: 'opaque', id: session } }) },
          ISSUERS,
        );
        if (user.format === 'iss_sub' && user.iss === 'https://other.example') assert.equal(alone, undefined);
        // a person that is not known is not left out: the session alone would be another statement
        assert.deepEqual(within, alone === undefined ? undefined : { ...alone, ...(session !== undefined && { session }) });
      }),
    );
  });

  it('is an address in the form by which people are found', () => {
    assert.deepEqual(read_subject({ format: 'email', email: 'Ann@ACME.example' }, ISSUERS), {
      email: { key: 'ann@acme.example', domain: 'acme.example' },
    });
  });
});
