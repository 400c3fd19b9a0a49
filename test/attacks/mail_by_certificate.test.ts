import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { notice_mail } from '../../src/pages/index.ts';

describe('a partner that writes letters in the name of the vendor', () => {
  it('by the subject of a certificate that ends soon: a line of it is quoted, and no more', () => {
    const letter = `CN=Dear customer, your account was locked. ${'Open https://evil.example now. '.repeat(200)}`;
    const mail = notice_mail(
      {
        kind: 'certificate_ending',
        ...{ organization: 'Acme', connection: 'Okta', certificate: letter, sha256: 'ab'.repeat(32) },
        ...{ ends_at: 1_800_000_000_000, days: 7, next_until: null },
      },
      { language: 'en', host: 'login.vendor.example', to: 'contact' },
    );
    for (const text of [mail.subject, mail.text, mail.html]) assert.ok(!text.includes(letter.slice(0, 400)));
    assert.ok(mail.text.includes('CN=Dear customer'), 'it is still known by its name');
  });
});
