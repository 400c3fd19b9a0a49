import { z } from 'zod';
import { parse_email } from '../kernel/index.ts';

/** Whom an event is about, as far as it is understood here (RFC 9493, section 3 of the framework). */
export interface Subject {
  /** As the connection knows the person. */
  readonly subject?: string;
  /** Lower case, as people are found by. */
  readonly email?: { readonly key: string; readonly domain: string };
  /** The partner's session. */
  readonly session?: string;
}

const text = z.string().min(1).max(512);
const iss_sub = z.object({ format: z.literal('iss_sub'), iss: text, sub: text });
const opaque = z.object({ format: z.literal('opaque'), id: text });
const email = z.object({ format: z.literal('email'), email: text });
const person = z.discriminatedUnion('format', [iss_sub, opaque, email]);
const complex = z.object({ format: z.literal('complex'), user: person.optional(), session: opaque.optional() });
const understood = z.discriminatedUnion('format', [iss_sub, opaque, email, complex]);

/** Undefined: about nobody who could be found here. `issuers`: whose subjects this connection knows. */
export function read_subject(sub_id: unknown, issuers: ReadonlySet<string>): Subject | undefined {
  const read = understood.safeParse(sub_id);
  if (!read.success) return undefined;
  if (read.data.format !== 'complex') return read_person(read.data, issuers);
  const { user, session } = read.data;
  const named = session === undefined ? {} : { session: session.id };
  if (user === undefined) return session === undefined ? undefined : named;
  const who = read_person(user, issuers);
  return who === undefined ? undefined : { ...who, ...named };
}

function read_person(who: z.output<typeof person>, issuers: ReadonlySet<string>): Subject | undefined {
  if (who.format === 'opaque') return { subject: who.id };
  if (who.format === 'iss_sub') return issuers.has(who.iss) ? { subject: who.sub } : undefined;
  const address = parse_email(who.email);
  return address === undefined ? undefined : { email: { key: address.key, domain: address.domain } };
}
