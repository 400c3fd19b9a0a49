import { Conflict, InvalidInput } from '../kernel/index.ts';

/** What of the client's text an answer repeats: enough to recognise it. */
export const quoted = (text: string): string => JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);

/** The refusals of RFC 7644 section 3.12; the code is the scimType. */
export const invalid_syntax = (detail: string, cause?: unknown): InvalidInput => new InvalidInput('invalidSyntax', detail, { cause });
export const invalid_value = (detail: string): InvalidInput => new InvalidInput('invalidValue', detail);
export const invalid_path = (detail: string): InvalidInput => new InvalidInput('invalidPath', detail);
export const invalid_filter = (detail: string): InvalidInput => new InvalidInput('invalidFilter', detail);
export const no_target = (detail: string): InvalidInput => new InvalidInput('noTarget', detail);
export const mutability = (detail: string): InvalidInput => new InvalidInput('mutability', detail);
export const too_many = (detail: string): InvalidInput => new InvalidInput('tooMany', detail);
export const invalid_cursor = (): InvalidInput => new InvalidInput('invalidCursor', 'This cursor does not belong to this query.');
export const uniqueness = (detail: string, cause?: unknown): Conflict => new Conflict('uniqueness', detail, { cause });
