/** xs:duration (XML Schema part 2, section 3.2.6), not negative. Years and months have no fixed length: 365 and 30 days are close enough for a cache. */
const DURATION = /^P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})(?:\.\d{1,9})?S)?)?$/;

/** Milliseconds, or undefined when this is not such a duration. */
export function parse_duration(text: string): number | undefined {
  const found = DURATION.exec(text);
  if (found === null || text.endsWith('P') || text.endsWith('T')) return undefined;
  const part = (index: number): number => Number(found[index] ?? '0');
  const days = part(1) * 365 + part(2) * 30 + part(3);
  return (((days * 24 + part(4)) * 60 + part(5)) * 60 + part(6)) * 1000;
}
