import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type CsvOptions, read_csv } from '../../../src/users/imports/csv.ts';
import { type GivenRow, in_batches, LONGEST_ROW, text_of } from '../../../src/users/imports/given.ts';
import { read_ndjson } from '../../../src/users/imports/ndjson.ts';
import { report_line } from '../../../src/users/imports/report.ts';

/** A file as it comes over a wire: cut anywhere. */
async function* cut(text: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function all(rows: AsyncIterable<GivenRow>): Promise<GivenRow[]> {
  const list: GivenRow[] = [];
  for await (const row of rows) list.push(row);
  return list;
}

const csv = (text: string, options?: CsvOptions, size?: number) => all(read_csv(text_of(cut(text, size)), options));
const ndjson = (text: string, size?: number) => all(read_ndjson(text_of(cut(text, size))));
const values = (rows: readonly GivenRow[]) => rows.map((row) => ('value' in row ? row.value : row.problem));

describe('a CSV file of people', () => {
  test('has a header, quotes, newlines within quotes, a byte order mark, either end of line', async () => {
    const text = '\ufeffuser_name,Display_Name,active,groups\r\nann,"Ann ""A."", the\nfirst",TRUE,"Staff; Sales"\nbob,,,\n\n';
    assert.deepEqual(values(await csv(text)), [
      { user_name: 'ann', display_name: 'Ann "A.", the\nfirst', active: true, groups: ['Staff', 'Sales'] },
      { user_name: 'bob' },
    ]);
  });

  test('columns are mapped, passed over, and parted by something else', async () => {
    const options = { mapping: { Login: 'user_name', Abteilung: 'attributes.department', Notiz: null }, delimiter: ';' };
    assert.deepEqual(values(await csv('LOGIN;Abteilung;Notiz\nann;R,D;x\n', options)), [
      { user_name: 'ann', attributes: { department: 'R,D' } },
    ]);
    assert.deepEqual(values(await csv('email,identities.con_1\na@b.example,sub-1\n')), [
      { email: 'a@b.example', identities: [{ connection_id: 'con_1', subject: 'sub-1' }] },
    ]);
  });

  for (const [what, text, told] of [
    ['nothing at all', '', /empty/],
    ['a column that is no field', 'user_name,salary\nann,1\n', /"salary" is no field/],
    ['the same column twice', 'user_name,USER_NAME\nann,bob\n', /a second time/],
    ['nobody named', 'given_name\nAnn\n', /user_name or email/],
    ['a column named __proto__ (prototype pollution)', 'user_name,__proto__\nann,x\n', /"__proto__" is no field/],
    ['an open quote', 'user_name\n"ann\n', /not closed/],
    ['a quote where none may stand', 'user_name,email\na,x\n"a"b,x\n', /line 3/],
    ['a line of ten megabytes', `user_name\n${'x'.repeat(10_000_000)}\n`, /longer than/],
    ['a mapping of a column that is not there', 'user_name\nann\n', /no column of the file/],
  ] as const)
    test(`with ${what} is refused as a whole, and told why`, async () => {
      const options = what.startsWith('a mapping') ? { mapping: { Logn: 'user_name' } } : {};
      await assert.rejects(csv(text, options, 65_536), (error: { status?: number; message?: string }) => {
        assert.equal(error.status, 422);
        assert.match(error.message ?? '', told);
        return true;
      });
    });

  test('a row that does not fit the header, or says no boolean, is a wrong row among right ones', async () => {
    assert.deepEqual(values(await csv('user_name,active\nann\nbob,maybe\ncarl,false\n')), [
      { path: '', message: 'has 1 cells where the header has 2' },
      { path: 'active', message: 'must be true or false' },
      { user_name: 'carl', active: false },
    ]);
  });

  test('an attribute named __proto__ changes no prototype', async () => {
    const [row] = await csv('user_name,attributes.__proto__,attributes.polluted\nann,x,y\n');
    assert.ok(row !== undefined && 'value' in row);
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
    assert.equal(Object.getPrototypeOf((row.value as { attributes: object }).attributes), Object.prototype);
  });

  test('whatever stands in its cells is read as it was written, however the file is cut', async () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => text !== '' && !text.includes('\0'));
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), fc.integer({ min: 1, max: 50 }), async (rows, size) => {
        const text = ['user_name,display_name', ...rows.map((cells) => cells.map(quoted).join(','))].join('\r\n');
        const read = values(await csv(text, {}, size));
        assert.deepEqual(
          read,
          rows.map(([user_name, display_name]) => ({ user_name, display_name })),
        );
      }),
      { numRuns: 100 },
    );
  });

  test('no bytes make it fail in any other way than by being refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const file = Buffer.concat([Buffer.from('user_name,email\n'), bytes]);
        try {
          await all(read_csv(text_of(cut(file, 13))));
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'invalid_file');
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('a file of people', () => {
  test('in another charset is read as what it says, and refused when it is something else', async () => {
    const latin = Buffer.from('user_name\nJ\xf6rg\n', 'latin1');
    assert.deepEqual(values(await all(read_csv(text_of(cut(latin), 'iso-8859-1')))), [{ user_name: 'Jörg' }]);
    await assert.rejects(all(read_csv(text_of(cut(latin)))), { code: 'invalid_file', status: 422 });
    await assert.rejects(all(read_csv(text_of(cut(latin), 'klingon'))), { code: 'unsupported_media_type', status: 415 });
  });

  test('as lines of JSON: a line that is none is a wrong row', async () => {
    assert.deepEqual(values(await ndjson('{"user_name":"ann"}\r\n\n{oops\n{"user_name":"bob"}')), [
      { user_name: 'ann' },
      { path: '', message: 'is no JSON' },
      { user_name: 'bob' },
    ]);
    await assert.rejects(ndjson(`{"user_name":"${'x'.repeat(LONGEST_ROW)}`, 65_536), { code: 'invalid_file' });
  });

  test('has a most of rows', async () => {
    async function* many(): AsyncGenerator<number> {
      for (let count = 0; count <= 100_000; count++) yield count;
    }
    await assert.rejects(
      async () => {
        for await (const batch of in_batches(many(), 500)) assert.ok(batch.length <= 500);
      },
      { code: 'file_too_large', status: 413 },
    );
  });
});

describe('the report of an import', () => {
  const row = { row: 1, outcome: 'refused', id: null, problems: [{ path: 'email', message: 'must be "one", or none' }] } as const;
  test('as CSV is quoted, and no cell of it is a formula to a spreadsheet (formula injection)', () => {
    for (const user_name of ['=HYPERLINK("x")', '+1', '-1', '@SUM(1)', '\t=1', ' =1', '\r=1'])
      assert.match(report_line('csv', { ...row, user_name }), /^1,refused,,"?'[^=]*.*\n?/);
    assert.equal(report_line('csv', { ...row, user_name: 'ann' }), '1,refused,,ann,"email: must be ""one"", or none"\r\n');
  });
  test('as JSON is what it is', () => {
    assert.deepEqual(JSON.parse(report_line('ndjson', { ...row, user_name: '=1' })), { ...row, user_name: '=1' });
  });
});
