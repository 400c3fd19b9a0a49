import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  direction,
  error_codes,
  error_page,
  error_words,
  identifier_page,
  locales,
  needs_script,
  redirect_page,
} from '../../../src/pages/index.ts';
import { structure_of, type Tag, tags_of, text_of, without_code } from './markup.ts';
import { hostile, nonce, plain, sample_frame, sample_pages, type SampleWords } from './samples.ts';

const hostile_words: SampleWords = { organization: hostile, app: hostile, person: hostile, email: hostile };
const named = (tags: readonly Tag[], ...names: readonly string[]): Tag[] => tags.filter((tag) => names.includes(tag.name));
const every_page = (words: SampleWords = plain): [string, string, (typeof locales)[number]][] =>
  locales.flatMap((locale) =>
    [...sample_pages(sample_frame(locale, words), words)].map(([name, html]): [string, string, (typeof locales)[number]] => [
      `${name} in ${locale}`,
      html,
      locale,
    ]),
  );
/** Checks each page, and names those that fail. */
const on_every_page = (
  check: (html: string, tags: Tag[], locale: (typeof locales)[number]) => void,
  pages = [...every_page(), ...every_page(hostile_words)],
): void => {
  for (const [name, html, locale] of pages) {
    try {
      check(html, tags_of(html), locale);
    } catch (error) {
      throw new Error(`the page ${name}`, { cause: error });
    }
  }
};

describe('every page, in every language', () => {
  it('is a document that says its language, its direction and what it is about', () => {
    on_every_page((html, tags, locale) => {
      assert.ok(html.startsWith('<!doctype html><html '));
      assert.deepEqual([tags[0]?.attributes['lang'], tags[0]?.attributes['dir']], [locale, direction(locale)]);
      assert.match(html, /<title>[^<]+<\/title>/);
      assert.equal(
        named(tags, 'meta').some(
          (meta) => meta.attributes['name'] === 'viewport' && !/user-scalable|maximum-scale/.test(meta.attributes['content'] ?? ''),
        ),
        true,
      );
    });
  });

  it('calls every attribute as HTML does: autocomplete="username", not autoComplete', () => {
    on_every_page((html) => {
      const written = [...without_code(html).matchAll(/<[a-z][^<>]*>/gi)].map(([tag]) => tag.replaceAll(/="[^"]*"/g, '='));
      assert.deepEqual(
        written.filter((tag) => /[A-Z]/.test(tag.replace('viewBox=', ''))),
        [],
      );
    });
    const english = sample_pages(sample_frame('en', plain), plain);
    const asked = (page: string): string[] =>
      [...(english.get(page) ?? '').matchAll(/ autocomplete="[^"]*"/g)].map(([name]) => name.trim());
    assert.deepEqual(asked('password'), ['autocomplete="username"', 'autocomplete="current-password"']);
    assert.deepEqual(asked('identifier'), ['autocomplete="username"']);
  });

  it('shows again what was typed as it was typed, also where it ends like the name of an attribute', () => {
    const typed = 'ada fooBar=';
    const page = sample_pages(sample_frame('en', plain), { ...plain, email: typed }).get('password_error') ?? '';
    assert.equal(tags_of(page).find(({ attributes }) => attributes['autocomplete'] === 'username')?.attributes['value'], typed);
  });

  it('has one heading of the first level, before all others, and one main part', () => {
    on_every_page((_html, tags) => {
      const headings = named(tags, 'h1', 'h2', 'h3');
      assert.equal(headings[0]?.name, 'h1');
      assert.equal(named(tags, 'h1').length, 1);
      assert.equal(named(tags, 'main').length, 1);
    });
  });

  it('has a label for every input that is seen, a name for every button and link, and no id twice', () => {
    on_every_page((html, tags) => {
      const labelled = new Set(named(tags, 'label').map((label) => label.attributes['for']));
      for (const input of named(tags, 'input', 'select', 'textarea'))
        if (input.attributes['type'] !== 'hidden') assert.ok(labelled.has(input.attributes['id']), JSON.stringify(input));
      const ids = tags.flatMap((tag) => tag.attributes['id'] ?? []);
      assert.equal(new Set(ids).size, ids.length);
      for (const tag of tags)
        for (const id of (tag.attributes['aria-describedby'] ?? '').split(' ').filter(Boolean)) assert.ok(ids.includes(id), id);
      for (const [, attributes = '', inside = ''] of html.matchAll(/<(?:button|a)\b([^>]*)>([\s\S]*?)<\/(?:button|a)>/g))
        assert.ok(/aria-(?:label="[^"]|hidden="true")/.test(attributes) || text_of(inside).trim() !== '', attributes);
      for (const image of named(tags, 'img')) assert.ok((image.attributes['alt'] ?? '') !== '');
    });
  });

  it('works without script: what is to be pressed is a button of a form that posts, with its token, or a link', () => {
    on_every_page((html) => {
      for (const [form] of html.matchAll(/<form\b[\s\S]*?<\/form>/g)) {
        const [open, ...inside] = tags_of(form);
        assert.equal(open?.attributes['method'], 'post');
        assert.notEqual(open?.attributes['action'] ?? '', '');
        assert.ok(named(inside, 'button').some((button) => button.attributes['type'] !== 'button' && !('hidden' in button.attributes)));
        if (open?.attributes['id'] !== 'departure')
          assert.ok(
            named(inside, 'input').some(
              (input) => input.attributes['type'] === 'hidden' && input.attributes['value'] === 'token-of-the-form',
            ),
          );
      }
    });
  });

  it('has no handler and no style in an attribute, and no script but the one that is said, under the nonce', () => {
    const with_script = /^(?:password(?:_error)?|redirect|error(?:_refused)?) in /;
    for (const [name, html] of [...every_page(), ...every_page(hostile_words)]) {
      const tags = tags_of(html);
      for (const tag of tags)
        for (const attribute of Object.keys(tag.attributes)) assert.doesNotMatch(attribute, /^(?:on|style$|srcdoc$)/, name);
      assert.deepEqual(
        named(tags, 'script', 'style').map((tag) => tag.attributes['nonce']),
        with_script.test(name) ? [nonce, nonce] : [nonce],
        name,
      );
      assert.equal(named(tags, 'script').length, with_script.test(name) ? 1 : 0, name);
    }
    assert.deepEqual(Object.keys(needs_script).sort(), ['error_page', 'password_page', 'redirect_page']);
  });

  it('loads nothing from elsewhere, and leads nowhere but to web addresses and mail', () => {
    on_every_page((html, tags) => {
      for (const tag of tags) {
        for (const name of ['src', 'srcset', 'poster', 'data', 'background']) assert.match(tag.attributes[name] ?? '/', /^\/(?![/\\])/);
        for (const name of ['href', 'action', 'formaction'])
          assert.match(tag.attributes[name] ?? '/', /^(?:\/(?![/\\])|https:\/\/|http:\/\/|mailto:[^?]+$)/);
      }
      assert.equal(named(tags, 'link', 'iframe', 'object', 'embed', 'base').length, 0);
      assert.equal(
        named(tags, 'meta').some((meta) => 'http-equiv' in meta.attributes),
        false,
      );
      for (const [, code = ''] of html.matchAll(/<(?:style|script)\b[^>]*>([\s\S]*?)<\//g))
        assert.doesNotMatch(code, /https?:|\/\/|@import|url\(|eval|innerHTML/);
    });
  });

  it('is smaller than 30 KB', () => {
    on_every_page((html) => assert.ok(Buffer.byteLength(html) < 30_000, String(Buffer.byteLength(html))));
  });

  it('has its words filled in: no placeholder, no message key and no undefined is left', () => {
    on_every_page((html) => {
      const text = text_of(html);
      assert.doesNotMatch(text, /\{\w+[,}]|undefined|\[object|NaN|\b(?:error|title|do|common|password|identifier)\.[a-z_]+\b/);
    }, every_page());
  });
});

describe('a name that tries to be markup, an attribute, a script and a message format at once', () => {
  it('changes nothing of what a page is made of, and is read as it was written', () => {
    for (const locale of locales) {
      const tame = sample_pages(sample_frame(locale), plain);
      const wild = sample_pages(sample_frame(locale, hostile_words), hostile_words);
      for (const [name, html] of wild) {
        assert.deepEqual(structure_of(html), structure_of(tame.get(name) ?? ''), `${name} in ${locale}`);
        assert.equal(html.includes('<img src=x'), false, name);
      }
      assert.ok(text_of(wild.get('organizations') ?? '').includes(hostile.replace(/\s+/g, ' ')));
    }
  });

  it('of any letters changes nothing either', () => {
    const tame = new Map([...sample_pages(sample_frame('en'), plain)].map(([name, html]) => [name, structure_of(html)]));
    const word = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
      fc
        .array(fc.constantFrom('<', '>', '"', "'", '&', '{', '}', '#', '/', 'script', '\u2028', '\u202e', ' x'), {
          minLength: 1,
          maxLength: 12,
        })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(fc.record({ organization: word, app: word, person: word, email: word }), (words) => {
        for (const [name, html] of sample_pages(sample_frame('en', words), words))
          assert.deepEqual(structure_of(html), tame.get(name), name);
      }),
      { numRuns: 100 },
    );
  });

  it('in the colour, the logo or a link of a brand is left out', () => {
    const frame = sample_frame('en');
    const view = { action: '/x', csrf: 'token' };
    const evil = [
      'javascript:alert(1)',
      'data:text/html,x',
      '//evil.example/x',
      '/\\evil.example',
      '/\t/evil.example',
      'http://evil.example/',
      'https://a:b@evil.example/',
      'vbscript:x',
      ' javascript:x',
    ];
    for (const url of evil) {
      const brand = {
        name: 'Acme',
        accent: `#000;background:url(${url})`,
        logo_url: url,
        logo_dark_url: url,
        support_url: url,
        privacy_url: url,
        terms_url: url,
        support_contact: `x@y.example?bcc=${url}`,
      };
      const html = identifier_page(view, { ...frame, brand });
      assert.equal(html.includes('evil.example/') && !text_of(html).includes('evil.example/'), false, url);
      for (const tag of tags_of(html))
        for (const name of ['href', 'src', 'srcset']) assert.match(tag.attributes[name] ?? '/', /^\/(?![/\\])/);
    }
  });

  it('of an address to depart to that is not the web’s is refused, not shown', () => {
    for (const action of ['javascript:alert(1)', 'data:text/html,x', 'ftp://x.example/', 'nonsense', ''])
      assert.throws(() => redirect_page({ action, fields: {} }, sample_frame('en')), { code: 'connection_misconfigured' });
  });

  it('in the fields of a departure arrives as it was', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,10}$/), fc.string({ unit: 'grapheme' })), (fields) => {
        const inputs = named(tags_of(redirect_page({ action: 'https://idp.example/sso', fields }, sample_frame('en'))), 'input');
        // a browser reads line ends alike; React writes them as they are
        assert.deepEqual(
          Object.fromEntries(inputs.map(({ attributes }) => [attributes['name'], attributes['value']])),
          Object.fromEntries(Object.entries(fields)),
        );
      }),
    );
  });
});

describe('the page of an error', () => {
  it('says for every code what happened, what to do, and the reference, in every language', () => {
    for (const locale of locales)
      for (const code of error_codes) {
        const words = error_words(code, locale);
        const html = error_page({ ...words, status: 403, reference: '7KQ2-M4XD', code, time: new Date(0) }, sample_frame(locale));
        const text = text_of(html);
        for (const part of [words.title, words.what_happened, ...words.what_you_can_do, '7KQ2-M4XD', code])
          assert.ok(text.includes(part), `${code} in ${locale}: ${part}`);
        assert.ok(words.what_you_can_do.length > 0);
      }
  });

  it('of a code without words of its own, or a prototype name, has those of an internal error', () => {
    for (const code of ['nonsense', '__proto__', 'constructor', 'toString'])
      assert.deepEqual(error_words(code, 'en'), error_words('internal', 'en'));
  });
});
