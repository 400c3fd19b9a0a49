import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type NoticeView, notice_mail } from '../../../src/pages/index.ts';
import { mail_catalogues } from '../../../src/pages/mail/messages/index.ts';
import { locales } from '../../../src/pages/locale.ts';

const HOSTILE = '<img src=x onerror=alert(1)>"\'&{days}\r\nBcc: x';
const END = Date.UTC(2026, 2, 1);
const of = { organization: HOSTILE, connection: HOSTILE };
const VIEWS: readonly NoticeView[] = [
  { kind: 'certificate_ending', ...of, certificate: HOSTILE, sha256: 'ab', ends_at: END, days: 1, next_until: END },
  { kind: 'certificate_ending', ...of, certificate: HOSTILE, sha256: 'ab', ends_at: END, days: 7, next_until: null },
  { kind: 'certificate_ended', ...of, certificate: HOSTILE, sha256: 'ab', ends_at: END },
  { kind: 'own_key_published', ...of, metadata_url: HOSTILE, used_from: END },
  { kind: 'own_key_ending', ...of, metadata_url: HOSTILE, ends_at: END, days: 2 },
  { kind: 'scim_silent', organization: HOSTILE, token: HOSTILE, last_at: END, days: 11 },
  { kind: 'sync_stopped', ...of },
  { kind: 'setup_finished', organization: HOSTILE },
  { kind: 'event_hook_disabled', url: HOSTILE, reason: HOSTILE },
  { kind: 'test' },
];

describe('a mail', () => {
  for (const language of locales) {
    for (const view of VIEWS) {
      it(`${view.kind} in ${language}: one line of subject, the same words as text and HTML, nothing that is fetched or run`, () => {
        const { subject, text, html } = notice_mail(view, { language, host: 'login.vendor.example', to: 'contact' });
        assert.match(subject, /^[^\r\n]{5,200}$/);
        assert.match(text, /^\S[\s\S]{40,}$/);
        assert.match(html, new RegExp(`^<!doctype html><html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`));
        assert.doesNotMatch(
          html,
          /<(?!\/?(?:html|head|meta|title|body|div|h1|h2|p|table|tbody|tr|th|td|bdi|ul|li|!doctype)\b)/i,
          'an element that is not ours',
        );
        const tags = [...html.matchAll(/<[^>]*>/g)].join('\n');
        assert.doesNotMatch(tags, /\s(?:src|href|background|on\w+)=|url\(|@import/i);
        // a message is formatted once: what a name holds is no placeholder
        if (view.kind !== 'test') assert.ok(text.includes('{days}'));
      });
    }
  }

  it('says to whom it is sent and why', () => {
    const [view] = VIEWS;
    assert.ok(view !== undefined);
    const text = (to: 'contact' | 'operator') => notice_mail(view, { language: 'en', host: 'login.vendor.example', to }).text;
    assert.match(text('operator'), /you operate login\.vendor\.example/);
    assert.match(text('contact'), /you are a contact of/);
  });

  it('is English in a language that is not spoken here', () => {
    assert.equal(
      notice_mail({ kind: 'test' }, { language: 'tlh', host: 'h', to: 'operator' }).subject,
      notice_mail({ kind: 'test' }, { language: null, host: 'h', to: 'operator' }).subject,
    );
  });
});

describe('the texts of mails', () => {
  const placeholders = (text: string): string[] => [...new Set([...text.matchAll(/\{([a-z_]+)[,}]/g)].map(([, name = '']) => name))].sort();

  for (const language of locales) {
    it(`in ${language} are all there, with the placeholders of the English ones`, () => {
      const [own, english] = [mail_catalogues[language], mail_catalogues.en];
      assert.deepEqual(Object.keys(own), Object.keys(english));
      for (const [key, text] of Object.entries(english))
        assert.deepEqual(placeholders(own[key as keyof typeof own]), placeholders(text), key); // a key of both
    });
  }

  it('are all used', () => {
    const code = ['notice_words.ts', 'notice_mail.tsx']
      .map((name) => readFileSync(join(import.meta.dirname, '../../../src/pages/mail', name), 'utf8'))
      .join();
    for (const key of Object.keys(mail_catalogues.en)) assert.ok(code.includes(`'${key}'`), key);
  });
});
