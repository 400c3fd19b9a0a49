import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { read_multipart } from '../../../src/setup/multipart.ts';

/** As a browser writes it (HTML, "multipart/form-data encoding algorithm"). */
const written = async (fields: readonly (readonly [string, string, boolean])[]): Promise<[string, Buffer]> => {
  const form = new FormData();
  for (const [name, value, file] of fields) {
    if (file) form.append(name, new Blob([value]), 'file.xml');
    else form.append(name, value);
  }
  const request = new Request('http://localhost/', { method: 'POST', body: form });
  return [request.headers.get('content-type') ?? '', Buffer.from(await request.arrayBuffer())];
};

describe('multipart/form-data (RFC 7578)', () => {
  it('is read as it was written: fields in their order, files as their text', async () => {
    // line ends of a text field are made CRLF by whoever writes it: those of a file stay
    const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll(/[\r\n]/g, ' '));
    const field = fc.tuple(fc.stringMatching(/^[a-z_]{1,20}$/), text, fc.boolean());
    await fc.assert(
      fc.asyncProperty(fc.array(field, { maxLength: 8 }), async (fields) => {
        const [type, body] = await written(fields);
        assert.deepEqual(
          read_multipart(type, body),
          fields.map(([name, value]) => [name, Buffer.from(value).toString('utf8')]),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('keeps what looks like a boundary, and the lines of a file', () => {
    const body = Buffer.from('--x\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n--y\r\nline\n\r\n\r\n--x--\r\n');
    assert.deepEqual(read_multipart('multipart/form-data; boundary=x', body), [['f', '--y\r\nline\n\r\n']]);
  });

  it('that is cut short, or is none, is no form', async () => {
    const [type, body] = await written([['a', 'b', false]]);
    for (const length of [0, 10, body.length - 4]) assert.equal(read_multipart(type, body.subarray(0, length)), undefined, String(length));
    assert.equal(read_multipart('multipart/form-data', body), undefined);
    assert.equal(read_multipart('multipart/form-data; boundary=other', body), undefined);
    fc.assert(
      fc.property(
        fc.string(),
        fc.uint8Array({ maxLength: 300 }),
        (end, bytes) => void read_multipart(`multipart/form-data; boundary=${end}`, Buffer.from(bytes)),
      ),
    );
  });
});
