/** `untrusted`: signature, key, issuer. `malformed`: not such a message, or not for us. `expired`: the message or what it answers is too old, or not yet valid. */
export type RefusalReason = 'untrusted' | 'malformed' | 'expired';

/** The message is refused. `message` and `fix` are for operators, never for the person who signs in. */
export class Refusal extends Error {
  readonly reason: RefusalReason;
  /** What the partner's or our admin has to change, where that is known. */
  readonly fix: string | undefined;
  /** `expired`: how far the message is from our clock. */
  readonly seconds: number | undefined;
  constructor(reason: RefusalReason, message: string, fix?: string, seconds?: number) {
    super(message);
    this.name = 'Refusal';
    this.reason = reason;
    this.fix = fix;
    this.seconds = seconds;
  }
}

/** One thing that was looked at, for the login trace. */
export type Note = (check: { readonly name: string; readonly ok: boolean; readonly detail: string; readonly fix?: string }) => void;

/** Notes a check that failed and refuses. */
export function refuse(note: Note, name: string, reason: RefusalReason, detail: string, fix?: string, seconds?: number): never {
  note(fix === undefined ? { name, ok: false, detail } : { name, ok: false, detail, fix });
  throw new Refusal(reason, detail, fix, seconds);
}
