import { userInfo } from 'node:os';
import type { Act } from '../audit/index.ts';

/** Whoever can run the command on the database may do everything; the record names their account on this machine. */
export function command_act(): Act {
  return { actor: { kind: 'cli', name: account() }, role: 'owner' };
}

function account(): string {
  try {
    return userInfo().username;
  } catch {
    // a container may run as a number without a name
    return 'unknown';
  }
}
