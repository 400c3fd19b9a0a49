import { queryOptions } from '@tanstack/react-query';
import { no_answer, problem_of } from './problem.ts';

export type Role = 'owner' | 'operator' | 'support' | 'org_admin';

interface Known {
  /** Sent back with every change. */
  readonly csrf: string;
  readonly actor: { readonly kind: string; readonly id: string; readonly name: string };
}

export interface SecondFactor {
  readonly id: string;
  readonly kind: 'totp' | 'passkey';
  readonly name: string;
  readonly created_at: string;
  readonly last_used_at: string | null;
}

/** Who is signed in to the console, and what that may be. */
export interface SignedIn extends Known {
  readonly state: 'signed_in';
  readonly role: Role;
  /** The only organization that an `org_admin` sees. */
  readonly organization: { readonly id: string; readonly slug: string; readonly name: string } | null;
  readonly second_factor: {
    readonly passed: boolean;
    readonly required: boolean;
    readonly enrolled: readonly SecondFactor[];
    readonly recovery_codes_left: number;
  } | null;
  readonly ends_at: string;
  readonly idle_seconds: number;
  readonly version: string;
  /** How many mock partners can be switched here. */
  readonly mocks: number;
}

/** How far somebody is with signing in. */
export type ConsoleSession =
  | { readonly state: 'signed_out'; readonly ways: { readonly admin_key: true; readonly organization: string | null } }
  | ({ readonly state: 'second_factor'; readonly kinds: readonly ('totp' | 'passkey' | 'recovery_code')[] } & Known)
  | ({ readonly state: 'must_enrol' } & Known)
  | SignedIn;

export const SESSION = '/console/session';
export const CSRF_HEADER = 'x-postern-csrf';

export const session_query = queryOptions({
  queryKey: ['session'],
  queryFn: () => ask_session('GET'),
  staleTime: 60_000,
  retry: false,
});

/** @throws Problem */
export async function ask_session<Answer = ConsoleSession>(method: string, path = '', body?: unknown, csrf?: string): Promise<Answer> {
  const response = await fetch(`${SESSION}${path}`, {
    method,
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(csrf !== undefined && { [CSRF_HEADER]: csrf }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch(() => {
    throw no_answer();
  });
  const text = await response.text();
  const answer: unknown = parse(text);
  if (!response.ok) throw problem_of(answer, response);
  return answer as Answer; // the broker's own, of the same version
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
