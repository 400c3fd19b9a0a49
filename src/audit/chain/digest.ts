import { createHash } from 'node:crypto';

/** What of a row may name a person, as its columns hold it: erasure empties it, and the digest stays. */
export interface Personal {
  readonly actor: string;
  readonly target: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly ip: string | null;
}

/** The rest: it stays for good. */
export interface Lasting {
  readonly seq: number;
  readonly id: string;
  readonly org_id: string | null;
  readonly type: string;
  readonly actor_id: string | null;
  readonly target_id: string | null;
  readonly request_id: string | null;
  readonly at: number;
  readonly digest: string;
}

/** Before the first row. */
export const FIRST_LINK = '';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Blinded: without the salt nobody can try whether it was this or that name. */
export const digest_of = (salt: string, { actor, target, before, after, ip }: Personal): string =>
  sha256(JSON.stringify([salt, actor, target, before, after, ip]));

/** Binds a row to every row before it. */
export const link_of = (before: string, { seq, id, org_id, type, actor_id, target_id, request_id, at, digest }: Lasting): string =>
  sha256(JSON.stringify([before, seq, id, org_id, type, actor_id, target_id, request_id, at, digest]));
