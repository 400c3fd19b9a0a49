import { invalid_filter, quoted } from '../refusals.ts';

export type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'mark'; readonly text: '(' | ')' | '[' | ']' | '.' };

const MAX_LENGTH = 8192;

/** Words hold paths, operators, numbers and the three names of JSON; what they mean is known where they stand. */
const TOKEN = /\s+|("(?:[^"\\]|\\.)*")|([()[\]])|(\.)(?=[A-Za-z$])|([^\s"()[\]]+)/suy;

/** The tokens of a filter, in linear time. @throws InvalidInput invalidFilter */
export function tokens_of(text: string): Token[] {
  if (text.length > MAX_LENGTH) throw invalid_filter(`The filter is longer than ${MAX_LENGTH} characters.`);
  if (/[\p{Cc}\p{Cs}]/u.test(text)) throw invalid_filter('The filter holds control characters.');
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN); // one of its own: its position is state
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const found = pattern.exec(text);
    if (found === null) throw invalid_filter(`The filter cannot be read from ${quoted(text.slice(at, at + 20))} on.`);
    const [, string, mark, dot, word] = found;
    if (string !== undefined) tokens.push({ kind: 'text', value: json_text(string) });
    else if (mark !== undefined)
      tokens.push({ kind: 'mark', text: mark as '(' }); // one of the four that the pattern takes
    else if (dot !== undefined) tokens.push({ kind: 'mark', text: '.' });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
  }
  return tokens;
}

function json_text(literal: string): string {
  let value: string;
  try {
    value = JSON.parse(literal) as string; // a JSON string between quotes
  } catch {
    throw invalid_filter(`${quoted(literal)} is not a JSON string.`);
  }
  // no value that is kept has one
  if (/[\0\p{Cs}]/u.test(value)) throw invalid_filter('The filter holds a character that no text has.');
  return value;
}
