import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { IntlMessageFormat } from 'intl-messageformat';
import { locales } from '../../../src/pages/index.ts';
import { en, type MessageKey } from '../../../src/pages/messages/en.ts';
import { catalogues, translator } from '../../../src/pages/translate.ts';

const keys = Object.keys(en) as MessageKey[]; // its own keys
const others = locales.filter((locale) => locale !== 'en');
type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** A simple argument in the parser's syntax tree, which names its kinds by number. */
const ARGUMENT = 1;

/** The arguments of a message, with what they are: `count:plural`. */
function placeholders(message: string, locale: string): string[] {
  const found = new Set<string>();
  const walk = (elements: readonly Element[]): void => {
    for (const element of elements) {
      if ('options' in element) {
        found.add(`${element.value}:plural`);
        for (const option of Object.values(element.options)) walk(option.value);
      } else if (Number(element.type) === ARGUMENT && 'value' in element && typeof element.value === 'string') found.add(element.value);
    }
  };
  walk(new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst());
  return [...found].sort();
}

describe('the messages of a language', () => {
  for (const locale of locales) {
    const messages = catalogues[locale];

    it(`${locale}: are the keys of English, in its order, none missing and none more`, () => {
      assert.deepEqual(Object.keys(messages), keys);
    });

    it(`${locale}: take the arguments that English takes`, () => {
      for (const key of keys) assert.deepEqual(placeholders(messages[key], locale), placeholders(en[key], 'en'), key);
    });

    it(`${locale}: hold no markup, no straight apostrophe (which quotes in ICU messages), no control characters and no stray space`, () => {
      for (const key of keys) assert.doesNotMatch(messages[key], /[<>]|'|[\p{Cc}\u2028-\u202e\u2066-\u2069]|^\s|\s$| {2}/u, key);
    });

    it(`${locale}: are whole once their arguments are filled in`, () => {
      const t = translator(locale);
      for (const key of keys) {
        const names = placeholders(en[key], 'en').map((name) => ({ name: name.split(':')[0] ?? '', counted: name.endsWith(':plural') }));
        for (const count of [0, 1, 2, 3, 11, 100]) {
          const text = t(key, Object.fromEntries(names.map(({ name, counted }) => [name, counted ? count : 'VALUE'])));
          assert.doesNotMatch(text, /[{}#]|undefined/, key);
          if (names.some(({ counted }) => !counted)) assert.ok(text.includes('VALUE'), key);
        }
      }
    });
  }

  for (const locale of others)
    it(`${locale}: are translated`, () => {
      const same = keys.filter((key) => catalogues[locale][key] === en[key]);
      // a few words are the same in several languages
      const may_be = new Set(['common.code', 'test.name', 'identifier.hint']);
      assert.deepEqual(
        same.filter((key) => !may_be.has(key)),
        [],
      );
    });

  it('have a form for every plural of the language that can occur', () => {
    const forms: Readonly<Record<string, Record<number, string>>> = {
      en: { 0: 'No apps', 1: '1 app', 2: '2 apps' },
      de: { 0: 'Keine Apps', 1: '1 App', 2: '2 Apps' },
      fr: { 0: 'Aucune application', 1: '1 application', 2: '2 applications' },
      es: { 0: 'Ninguna aplicación', 1: '1 aplicación', 2: '2 aplicaciones' },
      ja: { 0: 'アプリなし', 1: 'アプリ 1 件', 2: 'アプリ 2 件' },
    };
    for (const [locale, by_count] of Object.entries(forms))
      for (const [count, text] of Object.entries(by_count))
        assert.equal(translator(locale as (typeof locales)[number])('sessions.apps', { count: Number(count) }), text);
    const arabic = [0, 1, 2, 3, 11, 100].map((count) => translator('ar')('sessions.apps', { count }).replace(/[\d\u0660-\u0669]+/g, '#'));
    assert.equal(new Set(arabic).size, 6);
  });

  it('are all used by a page, and what a page asks for is there', () => {
    const root = join(import.meta.dirname, '../../../src/pages');
    const code = globSync('*.{ts,tsx}', { cwd: root })
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n');
    const unused = keys.filter((key) => !code.includes(`'${key}'`));
    assert.deepEqual(unused, []);
  });
});

describe('an app’s own wording', () => {
  it('takes the place of ours, arguments included', () => {
    assert.equal(
      translator('en', { 'password.title': 'Hello at {organization}' })('password.title', { organization: 'Acme' }),
      'Hello at Acme',
    );
  });

  it('that cannot be formatted gives way to ours', () => {
    for (const text of ['{', '{organization', '{x, plural, one {y}}', '{missing}', '{organization, nonsense}'])
      assert.equal(translator('en', { 'password.title': text })('password.title', { organization: 'Acme' }), 'Sign in to Acme');
  });

  it('is text: markup in it stays text', () => {
    assert.equal(translator('en', { 'password.title': '<b>{organization}</b>' })('password.title', { organization: '<i>' }), '<b><i></b>');
  });
});
