/** What every page of the portal is given besides what it is about. */
export interface SetupShell {
  readonly organization_name: string;
  /** Who invited, and where people will sign in to. */
  readonly vendor_name: string;
  readonly steps: readonly SetupStepView[];
  readonly csrf: string;
  /** Of the link: whoever writes says what it was when it was read. */
  readonly version: number;
  readonly expires_at: Date;
  /** Who is signed in through their own connection; undefined behind a link. */
  readonly signed_in?: string | undefined;
  readonly now: Date;
  readonly problem?: SetupProblem | undefined;
  /** What has just been done. */
  readonly said?: string | undefined;
}

export interface SetupStepView {
  readonly title: string;
  readonly href: string;
  readonly state: 'done' | 'current' | 'open';
}

/** Why nothing was changed, and what to do about it. */
export interface SetupProblem {
  readonly text: string;
  readonly fields: readonly { readonly name: string; readonly message: string }[];
}

/** One thing that was looked at. */
export interface SetupCheck {
  readonly title: string;
  readonly ok: boolean;
  readonly detail: string;
  /** What to change, in general. */
  readonly fix?: string | undefined;
  /** What to change, where, in the vendor's own words; `**bold**` is a word on the screen. */
  readonly where?: readonly { readonly mistake: string; readonly remedy: string }[] | undefined;
}

/** Time left, the way people say it. */
export function time_left(until: Date, now: Date): string {
  const minutes = Math.max(0, Math.floor((until.getTime() - now.getTime()) / 60_000));
  const of = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (minutes >= 2 * 1440) return of(Math.floor(minutes / 1440), 'day');
  if (minutes >= 120) return of(Math.floor(minutes / 60), 'hour');
  return of(minutes, 'minute');
}
