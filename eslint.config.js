import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { house_rules } from './scripts/eslint_rules.js';

const impure = [
  { selector: "MemberExpression[object.name='process'][property.name='env']", message: 'Settings come in as arguments; only main reads the environment.' },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'Time comes in as an argument (kernel/clock.ts).' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time comes in as an argument (kernel/clock.ts).' },
];
const default_export = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' };

const xml_parsers = ['@xmldom/xmldom', 'xmldom', 'xml2js', 'fast-xml-parser', 'sax', 'saxes', 'xpath', 'xml-crypto', 'xml-encryption', '@node-saml/node-saml', 'libxmljs2'];

export default tseslint.config(
  { ignores: ['dist/**', 'data/**', 'node_modules/**', 'src/console/api/schema.d.ts', 'coverage/**', '.state/**'] },
  {
    files: ['src/**/*.{ts,tsx}', 'connectors/**/*.ts', 'scripts/**/*.{ts,tsx}', 'certs/*.ts', 'test/**/*.{ts,tsx}', 'examples/**/*.{ts,tsx}'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    plugins: { house: house_rules },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-restricted-syntax': ['error', default_export],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // an interface asks for a promise whether or not this implementation waits
      '@typescript-eslint/require-await': 'off',
      // our objects are closures, not classes: their methods may be taken along
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // what was caught is thrown on as it is
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      // a claim with its reason stays where it explains: whether the receiver would have taken less is no matter
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      // Koa's next() promises any
      '@typescript-eslint/no-unsafe-return': 'off',
      // columns say number, a driver may say text
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // control characters are what a hostile input is searched for
      'no-control-regex': 'off',
      // ids and statuses are compared as they come
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}', 'connectors/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', default_export, ...impure],
      'house/reason-for-as': 'error',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}', 'connectors/{oidc,ldap,shared}/**/*.ts'],
    ignores: ['src/mock/**'],
    rules: { 'no-restricted-imports': ['error', { paths: xml_parsers.map((name) => ({ name, message: 'XML is read in connectors/saml only.' })) }] },
  },
  {
    // a page lives in the present, and its libraries name things in their own way
    files: ['src/console/**/*.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', default_export], '@typescript-eslint/only-throw-error': ['error', { allow: [{ from: 'package', package: '@tanstack/router-core', name: 'Redirect' }] }] },
  },
  // where the impure world comes in, and the mock partners, which are programs of their own
  { files: ['src/main.ts', 'src/cli/**/*.ts', 'src/mock/**/*.{ts,tsx}'], rules: { 'no-console': 'off' } },
  { files: ['src/main.ts', 'src/cli/main.ts', 'src/kernel/clock.ts', 'src/mock/**/*.{ts,tsx}'], rules: { 'no-restricted-syntax': ['error', default_export] } },
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      // describe and it return promises that the runner itself awaits
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [{ from: 'package', name: ['describe', 'it', 'test', 'suite', 'before', 'after', 'beforeEach', 'afterEach'], package: 'node:test' }] }],
    },
  },
);
