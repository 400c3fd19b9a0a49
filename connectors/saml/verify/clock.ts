import { attribute, type Element } from '../xml/index.ts';
import { parse_date_time } from './date_time.ts';
import { type Note, Refusal, refuse } from './refusal.ts';
import type { Trust } from './trust.ts';

const DEFAULT_MAX_AGE_SECONDS = 600;

const CLOCK_FIX = 'Set the clock of the identity provider by NTP; a few seconds may be allowed for in the clock skew of this connection.';

/** The time in an attribute, or undefined when it is absent. @throws Refusal when it is not an xs:dateTime with a zone */
export function optional_time(element: Element, name: string): number | undefined {
  const text = attribute(element, name);
  if (text === undefined) return undefined;
  const time = parse_date_time(text);
  if (time === undefined) throw new Refusal('malformed', `${name} of ${element.local} is not a date and time in UTC`);
  return time;
}

export function required_time(element: Element, name: string): number {
  const time = optional_time(element, name);
  if (time === undefined) throw new Refusal('malformed', `${element.local} has no ${name}`);
  return time;
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 1000);
}

/** Times of the message against our clock. Holds: nothing from the future, nothing ended, nothing older than the maximum age; each within the skew. */
export class Clock {
  readonly now: number;
  readonly skew: number;
  readonly max_age: number;
  readonly #note: Note;

  constructor(trust: Trust, note: Note) {
    this.now = trust.now;
    this.skew = Math.min(Math.max(trust.clock_skew_seconds, 0), 180) * 1000;
    this.max_age = (trust.max_assertion_age_seconds ?? DEFAULT_MAX_AGE_SECONDS) * 1000;
    this.#note = note;
  }

  #refuse(detail: string, seconds: number): never {
    return refuse(this.#note, 'clock', 'expired', detail, CLOCK_FIX, seconds);
  }

  has_begun(time: number): boolean {
    return time <= this.now + this.skew;
  }

  has_ended(time: number): boolean {
    return time + this.skew <= this.now;
  }

  require_begun(time: number, what: string): void {
    if (this.has_begun(time)) return;
    const ahead = seconds(time - this.now);
    this.#refuse(`${what} is ${ahead} s ahead of our clock, ${seconds(this.skew)} s are allowed`, ahead);
  }

  require_not_ended(time: number, what: string): void {
    if (!this.has_ended(time)) return;
    const behind = seconds(this.now - time);
    this.#refuse(`${what} passed ${behind} s ago by our clock, ${seconds(this.skew)} s are allowed`, behind);
  }

  /** An IssueInstant: not from the future, not older than the maximum age. */
  require_fresh(time: number, what: string): void {
    this.require_begun(time, what);
    const age = seconds(this.now - time);
    if (time + this.max_age + this.skew > this.now) return;
    this.#refuse(`${what} is ${age} s old by our clock, ${seconds(this.max_age)} s are allowed`, age);
  }

  /** For the trace: how far the partner's clock is from ours, message on its way included. */
  note_difference(time: number): void {
    const difference = seconds(time - this.now);
    const side = difference > 0 ? 'ahead of' : 'behind';
    this.#note({ name: 'clock', ok: true, detail: `issued ${Math.abs(difference)} s ${side} our clock` });
  }
}
