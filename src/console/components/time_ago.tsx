import { Text, Tooltip } from '@mantine/core';

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** "3 hours ago", "in 12 days". */
export function relative(at: string, now: number): string {
  const seconds = (Date.parse(at) - now) / 1000;
  const [unit, length] = steps.find(([, least]) => Math.abs(seconds) >= least) ?? ['second', 1];
  if (unit === 'second') return seconds > 0 ? 'in a moment' : 'just now';
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.round(seconds / length), unit);
}

export const moment = (at: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
export const day = (at: string): string => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' }).format(new Date(at));

/** A time as people say it; the exact one on pointing, and for who listens. */
export function TimeAgo({ at, never = 'never' }: { readonly at: string | null | undefined; readonly never?: string }) {
  if (at === null || at === undefined)
    return (
      <Text span c="dimmed" inherit>
        {never}
      </Text>
    );
  return (
    <Tooltip label={moment(at)}>
      <time dateTime={at}>{relative(at, Date.now())}</time>
    </Tooltip>
  );
}
