/** xs:dateTime of four-digit years with a time zone (XML Schema part 2, section 3.2.7); SAML core 1.3.3 wants UTC, so a time without a zone is none. */
const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,32}))?(?:Z|([+-])(\d\d):(\d\d))$/;

/** Epoch milliseconds, or undefined when this is not an xs:dateTime with a zone. */
export function parse_date_time(text: string): number | undefined {
  const found = DATE_TIME.exec(text);
  if (found === null) return undefined;
  const part = (index: number): number => Number(found[index] ?? '0');
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  const end_of_day = hour === 24 && minute === 0 && second === 0 && Number(found[7] ?? '0') === 0;
  if (year === 0 || month < 1 || month > 12 || day < 1 || (hour > 23 && !end_of_day) || minute > 59 || second > 59) return undefined;
  const [zone_hour, zone_minute] = [part(9), part(10)];
  if (zone_minute > 59 || zone_hour * 60 + zone_minute > 14 * 60) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const milliseconds = Number((found[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const zone = (zone_hour * 60 + zone_minute) * 60_000 * (found[8] === '-' ? -1 : 1);
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds - zone;
}
