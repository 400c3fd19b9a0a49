import { error_codes, error_words } from '../src/pages/index.ts';
import { type ThrownCode, thrown_codes } from './error_codes.ts';

const own: readonly ThrownCode[] = [
  { code: 'not_found', family: 'NotFound', status: 404, message: 'No such resource.', place: '' },
  { code: 'too_many_requests', family: 'TooMany', status: 429, message: 'Too many attempts. Wait a moment and try again.', place: '' },
  { code: 'internal', family: '', status: 500, message: 'Something went wrong here. It was logged.', place: '' },
];

/** `docs/reference/errors.md`. */
export function errors_reference_markdown(source_root: string): string {
  const thrown = [...thrown_codes(source_root), ...own];
  const codes = [...new Set([...error_codes, ...thrown.map(({ code }) => code)])].sort();
  const rows = codes.map((code) => {
    const uses = thrown.filter((use) => use.code === code);
    const statuses = [...new Set(uses.map(({ status }) => status))].sort().join(', ');
    const words = error_codes.includes(code) ? error_words(code, 'en') : undefined;
    const said = words?.what_happened ?? uses.find(({ message }) => message !== undefined)?.message ?? '';
    const mend = words?.what_you_can_do.join(' ') ?? '';
    return `| \`${code}\` | ${statuses} | ${cell(said)} | ${cell(mend)} |`;
  });
  return `# Error codes

Made from the sources by \`npm run docs\`.

A code is stable: programs may depend on it. On a page it stands beside the reference of the sign-in; in the admin API it is the \`code\` of the problem document
(RFC 9457); towards apps it becomes the OAuth error that the specification asks for. The texts may change.

| code | status | what it says | what can be done |
|---|---|---|---|
${rows.join('\n')}
`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
