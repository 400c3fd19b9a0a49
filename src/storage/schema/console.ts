import { EntitySchema } from 'typeorm';
import { json, key, string, text, time } from '../columns.ts';

/** An operator's session in the console. Times are epoch milliseconds. */
export interface ConsoleSessionRow {
  /** Hash of the cookie. */
  id: string;
  kind: 'admin_key' | 'user';
  /** The admin key (`first`: that of the settings), or the user. */
  subject_id: string;
  /** Of what was shown at the door: the hash of the key, or of the issuer's grant. While that is good, so is the session. */
  credential_hash: string;
  /** `wanted`: nothing but the second factor is answered yet. */
  factor: 'none' | 'wanted' | 'passed';
  /** Of the passkey ceremony that is under way: used once. */
  challenge: string | null;
  ip: string;
  user_agent: string | null;
  created_at: number;
  /** When it ends, however much it is used. */
  ends_at: number;
  /** When it ends without another request. */
  expires_at: number;
}

export const console_sessions = new EntitySchema<ConsoleSessionRow>({
  name: 'console_sessions',
  columns: {
    id: key(),
    kind: string(),
    subject_id: string(),
    credential_hash: string(),
    factor: string(),
    challenge: string({ nullable: true }),
    ip: string(),
    user_agent: string({ nullable: true }),
    created_at: time(),
    ends_at: time(),
    expires_at: time(),
  },
  indices: [
    { name: 'console_sessions_subject', columns: ['subject_id'] },
    { name: 'console_sessions_expiry', columns: ['expires_at'] },
  ],
});

/** What the holder of an admin key shows beside the key. */
export interface SecondFactorRow {
  id: string;
  /** `first`: the key of the settings. */
  admin_key_id: string;
  kind: 'totp' | 'passkey';
  name: string;
  sealed_secret: string | null;
  /** A passkey's own id, base64url. */
  credential_id: string | null;
  /** COSE, base64url. */
  public_key: string | null;
  transports: string[] | null;
  /** A passkey's signature counter, or the time step of the last code: only what is greater is taken. */
  counter: number;
  /** Null: enrolment is under way, it counts for nothing yet. */
  confirmed_at: number | null;
  last_used_at: number | null;
  created_at: number;
}

export const second_factors = new EntitySchema<SecondFactorRow>({
  name: 'second_factors',
  columns: {
    id: key(),
    admin_key_id: string(),
    kind: string(),
    name: string(),
    sealed_secret: text({ nullable: true }),
    credential_id: text({ nullable: true }),
    public_key: text({ nullable: true }),
    transports: json({ nullable: true }),
    counter: time(),
    confirmed_at: time({ nullable: true }),
    last_used_at: time({ nullable: true }),
    created_at: time(),
  },
  indices: [{ name: 'second_factors_key', columns: ['admin_key_id', 'created_at'] }],
});

/** For the day on which the second factor is lost: a row is a code that was not used yet. */
export interface RecoveryCodeRow {
  admin_key_id: string;
  id: string;
}

export const recovery_codes = new EntitySchema<RecoveryCodeRow>({
  name: 'recovery_codes',
  columns: { admin_key_id: key(), id: key() },
});
