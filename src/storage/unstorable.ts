import { QueryFailedError } from 'typeorm';

/** Of PostgreSQL: character_not_in_repertoire, untranslatable_character. Its text holds no NUL; SQLite's does. */
const CODES = new Set(['22021', '22P05']);

/** Was a text refused by the database because of a character that it cannot hold? Then whoever sent it was wrong, and nothing like it is stored. */
export function is_unstorable_text(error: unknown): boolean {
  const cause = error instanceof QueryFailedError ? (error.driverError as unknown) : error; // typed any
  return typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string' && CODES.has(cause.code);
}
