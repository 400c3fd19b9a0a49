import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { accent_colours, contrast, locales, pick_locale, safe_link } from '../../../src/pages/index.ts';
import { default_accent, surfaces } from '../../../src/pages/accent.ts';
import { mail_link, own_path, web_address } from '../../../src/pages/brand.ts';

describe('the colours made of an accent', () => {
  const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

  it('are readable in both themes, whatever the accent (WCAG 1.4.3 and 1.4.11)', () => {
    fc.assert(
      fc.property(fc.oneof(hex, fc.constantFrom('#ffffff', '#000000', '#ffff00', '#777777')), (accent) => {
        const colours = accent_colours(accent);
        for (const theme of ['light', 'dark'] as const) {
          const { fill, on_fill, text } = colours[theme];
          assert.ok(contrast(on_fill, fill) >= 4.5);
          assert.ok(contrast(fill, surfaces[theme].card) >= 3);
          for (const background of Object.values(surfaces[theme])) assert.ok(contrast(text, background) >= 4.5);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('are those of the house where the accent is no colour', () => {
    for (const accent of ['', 'red', '#fff', '#1234567', '#12345g', '#000000;}', 'url(x)', '#000000\n'])
      assert.deepEqual(accent_colours(accent), accent_colours(default_accent), accent);
  });

  it('are measured as WCAG measures contrast', () => {
    assert.equal(contrast('#000000', '#ffffff'), 21);
    assert.equal(contrast('#777777', '#777777'), 1);
  });
});

describe('a link', () => {
  it('stays on this origin or leads to https', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.webUrl({ validSchemes: ['http', 'https', 'ftp'] }),
          fc.constantFrom('/x', '//x', '/\\x', 'javascript:x', ' https://x', '/\u0009/x', '/x\n'),
        ),
        (text) => {
          const link = safe_link(text);
          if (link === undefined) return;
          const url = new URL(link, 'https://our.example/');
          assert.ok(url.protocol === 'https:' && url.username === '' && url.password === '');
          if (own_path(text) !== undefined) assert.equal(url.origin, 'https://our.example');
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('to an app may be http, never another scheme', () => {
    assert.equal(web_address('http://localhost:4402/x'), 'http://localhost:4402/x');
    for (const text of ['javascript:alert(1)', 'data:,x', 'ftp://x.example/', 'file:///etc/passwd', 'x', ''])
      assert.equal(web_address(text), undefined);
  });

  it('to a mailbox holds one address and no headers', () => {
    assert.equal(mail_link('it@acme.example'), 'mailto:it@acme.example');
    for (const text of ['it@acme.example?bcc=x@evil.example', 'a@b.example,c@d.example', 'call us', '@', 'a@b', 'it@acme.example\n'])
      assert.equal(mail_link(text), undefined, text);
  });
});

describe('the language of a page', () => {
  const cases: readonly (readonly [string, Parameters<typeof pick_locale>[0], string])[] = [
    ['is English where nobody wishes anything', {}, 'en'],
    ['is what the app asks for', { ui_locales: 'xx fr-CA de', accept_language: 'es' }, 'fr'],
    ['else what the browser prefers', { accept_language: 'xx;q=1, de;q=0.5, ja;q=0.8' }, 'ja'],
    ['else what the organization speaks', { accept_language: 'xx', fallback: 'es' }, 'es'],
    ['is not what the browser refuses', { accept_language: 'de;q=0, fr;q=0.1' }, 'fr'],
    ['is found in any case and with any region', { ui_locales: 'AR_eg' }, 'ar'],
    ['is never a prototype name', { ui_locales: '__proto__ constructor' }, 'en'],
  ];
  for (const [what, wishes, locale] of cases) it(what, () => assert.equal(pick_locale(wishes), locale));

  it('is always one of ours, whatever is wished', () => {
    const text = fc.option(fc.string({ unit: 'binary', maxLength: 2000 }), { nil: undefined });
    fc.assert(
      fc.property(text, text, text, (ui_locales, accept_language, fallback) =>
        assert.ok(locales.includes(pick_locale({ ui_locales, accept_language, fallback }))),
      ),
    );
  });
});
