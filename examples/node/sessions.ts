import { randomBytes } from 'node:crypto';
import type { PendingSignIn, SignedIn } from './issuer.ts';

export interface Session {
  readonly id: string;
  /** Several tabs may sign in at once: each by its `state`. */
  readonly pending: Map<string, PendingSignIn>;
  signed_in: SignedIn | undefined;
  expires_at: number;
}

const HOUR_MS = 3_600_000;
const MOST = 10_000;

/** Sessions in the memory of this process. With several processes, keep them where all can reach them: a back-channel logout arrives at any one. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();

  find(id: string | undefined): Session | undefined {
    const session = id === undefined ? undefined : this.#sessions.get(id);
    if (session !== undefined && session.expires_at < Date.now()) {
      this.end(session);
      return undefined;
    }
    return session;
  }

  /** Unguessable, and new with every sign-in: an id that somebody planted in a browser beforehand is worth nothing. */
  start(signed_in?: SignedIn, pending: Session['pending'] = new Map()): Session {
    if (this.#sessions.size >= MOST) {
      const oldest = this.#sessions.values().next().value;
      if (oldest !== undefined) this.end(oldest);
    }
    const session: Session = {
      id: randomBytes(32).toString('base64url'),
      pending,
      signed_in,
      expires_at: Date.now() + (signed_in === undefined ? HOUR_MS : 8 * HOUR_MS),
    };
    this.#sessions.set(session.id, session);
    return session;
  }

  end(session: Session): void {
    this.#sessions.delete(session.id);
  }

  /** Those of one sign-in (`sid`), or all of a person. Answers how many. */
  end_of(who: { readonly sid?: string | undefined; readonly sub?: string | undefined }): number {
    let ended = 0;
    for (const session of this.#sessions.values()) {
      const claims = session.signed_in?.claims;
      if (claims === undefined) continue;
      const meant =
        who.sid === undefined ? claims.sub === who.sub : claims.sid === who.sid && (who.sub === undefined || claims.sub === who.sub);
      if (meant) {
        this.end(session);
        ended += 1;
      }
    }
    return ended;
  }
}
