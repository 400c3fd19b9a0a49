import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { ESLint } from 'eslint';

/** Lints a text as if it stood in `file`, with the rules of this house that need no types. */
async function complaints(eslint: ESLint, file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: file });
  return (result?.messages ?? []).map(({ ruleId }) => ruleId ?? 'fatal');
}

describe('the lint rules', () => {
  let eslint: ESLint;
  before(() => {
    eslint = new ESLint({ cwd: new URL('../..', import.meta.url).pathname });
  });
  // files that exist, so that the project knows them
  const room = 'src/kernel/errors.ts';

  const refused: [string, string, string, string][] = [
    ['a claim of type without its reason', room, 'export const x = JSON.parse("1") as number;\n', 'house/reason-for-as'],
    ['any', room, 'export const x = (y: any): unknown => y;\n', '@typescript-eslint/no-explicit-any'],
    ['a value claimed to be there', room, 'export const x = (y?: string): string => y!;\n', '@typescript-eslint/no-non-null-assertion'],
    [
      'a promise that nobody waits for',
      room,
      'export function f(): void { Promise.resolve(1); }\n',
      '@typescript-eslint/no-floating-promises',
    ],
    ['the clock outside the kernel', room, 'export const x = (): number => Date.now();\n', 'no-restricted-syntax'],
    ['the date of today outside the kernel', room, 'export const x = (): Date => new Date();\n', 'no-restricted-syntax'],
    ['the environment outside main', room, 'export const x = (): unknown => process.env;\n', 'no-restricted-syntax'],
    ['a default export', room, 'export default 1;\n', 'no-restricted-syntax'],
    ['console in a room', room, 'console.log(1);\nexport {};\n', 'no-console'],
    [
      'an XML parser outside the SAML connector',
      room,
      'import { DOMParser } from "@xmldom/xmldom";\nexport const x = DOMParser;\n',
      'no-restricted-imports',
    ],
  ];
  for (const [what, file, text, rule] of refused) {
    it(`refuse ${what}`, async () => {
      const found = await complaints(eslint, file, text);
      assert.ok(found.includes(rule), `complained of ${found.join(', ') || 'nothing'}`);
    });
  }

  const accepted: [string, string, string][] = [
    ['a claim with its reason on the line', room, 'export const x = (y: unknown): string => y as string; // parsed above\n'],
    ['as const', room, 'export const x = [1, 2] as const;\n'],
    ['a date that was given', room, 'export const x = (at: number): Date => new Date(at);\n'],
    ['the clock in its place', 'src/kernel/clock.ts', 'export const now = (): number => Date.now();\n'],
  ];
  for (const [what, file, text] of accepted) {
    it(`accept ${what}`, async () => assert.deepEqual(await complaints(eslint, file, text), []));
  }
});
