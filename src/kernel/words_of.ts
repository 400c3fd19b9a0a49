/** An error in one line. A driver's words may hold the address of the database, and that its password. */
export function words_of(error: unknown): string {
  if (!(error instanceof Error)) return 'something unexpected';
  const first: unknown = error instanceof AggregateError && error.message === '' ? error.errors[0] : error;
  const message = first instanceof Error ? first.message || first.name : error.name;
  return one_line(message).replaceAll(/\/\/[^/\s@]+@/g, '//***@');
}

/** Control characters in somebody's name must not move the cursor of whoever reads it. */
export const one_line = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ');
