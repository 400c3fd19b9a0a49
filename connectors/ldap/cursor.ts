import type { Filter } from './filter.ts';
import { any_of, present } from './filter.ts';
import type { Vendor } from './settings.ts';

/** Where a directory says when an entry was changed last. */
export const changed_attribute = (vendor: Vendor): string => (vendor === 'active_directory' ? 'whenChanged' : 'modifyTimestamp');

/** GeneralizedTime in UTC (RFC 4517 section 3.3.13), as both kinds of directory write it. */
const TIME = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:[.,]\d+)?Z$/;
/** Clocks of servers that copy from each other may differ by so much. */
const MARGIN_MS = 120_000;

/** Epoch milliseconds. */
export function read_time(text: string | undefined): number | undefined {
  const [, year, month, day, hour, minute, second] = TIME.exec(text ?? '') ?? [];
  const time = year === undefined ? Number.NaN : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}

/** Of one server: what another has copied from it may carry an older time. */
export const write_cursor = (server: string, newest: number, took_ms: number): string =>
  JSON.stringify([server, newest - took_ms - MARGIN_MS]);

/** The time from which on entries are read anew; undefined when everything is: another server, or no cursor of ours. */
export function read_cursor(cursor: string | undefined, server: string): number | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [of, time] = JSON.parse(cursor) as unknown[]; // each part is looked at
    return of === server && typeof time === 'number' ? time : undefined;
  } catch {
    return undefined;
  }
}

/** Entries changed at that moment or later, and all others. An entry without a time counts as unchanged: everyone must be in one of the two. */
export function halves(vendor: Vendor, since: number): { readonly changed: Filter; readonly unchanged: Filter } {
  const attribute = changed_attribute(vendor);
  const text = new Date(since).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
  const value = Buffer.from(vendor === 'active_directory' ? `${text}.0Z` : `${text}Z`);
  const changed: Filter = { kind: 'at_least', attribute, value };
  return { changed, unchanged: any_of({ kind: 'not', of: changed }, { kind: 'not', of: present(attribute) }) };
}
