export const MOCKS = '/console/mocks';

export interface Present {
  readonly id: string;
  readonly url: string;
  readonly state: 'there';
  readonly name: string;
  /** What the other side types in. */
  readonly facts: Readonly<Record<string, string>>;
  readonly switches: readonly { readonly name: string; readonly summary: string; readonly on: boolean }[];
  readonly people: readonly MockPerson[];
}

/** A partner of the settings, as the broker found it. */
export type MockPartner = Present | { readonly id: string; readonly url: string; readonly state: 'away'; readonly problem: string };

/** Whoever can sign in there; the password is no secret. */
export interface MockPerson {
  readonly username?: unknown;
  readonly password?: unknown;
  readonly email?: unknown;
  readonly display_name?: unknown;
  readonly groups?: unknown;
}

export const words = (value: unknown): string =>
  Array.isArray(value) ? value.map(words).join(', ') : typeof value === 'string' || typeof value === 'number' ? String(value) : '';
