import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Somebody signed in at the mock, and where they went from there. */
export interface IdpSession {
  readonly username: string;
  readonly session_index: string;
  readonly at: number;
  readonly applications: Map<string, { readonly acs_url: string; readonly name_id: string }>;
}

const COOKIE = 'mock_saml_session';
const MOST = 1000;

export interface Sessions {
  of(request: IncomingMessage): IdpSession | undefined;
  start(response: ServerResponse, username: string, at: number): IdpSession;
  /** Ends the session of this browser, and those of this NameID. */
  end(request: IncomingMessage, response: ServerResponse, name_id?: string): void;
}

/** Sessions of one mock; the oldest go when there are many. */
export function make_sessions(): Sessions {
  const all = new Map<string, IdpSession>();
  const id_of = (request: IncomingMessage): string => new RegExp(`${COOKIE}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1] ?? '';
  return {
    of: (request) => all.get(id_of(request)),
    start(response, username, at) {
      const id = randomBytes(16).toString('hex');
      const session: IdpSession = { username, session_index: `_${randomBytes(8).toString('hex')}`, at, applications: new Map() };
      all.set(id, session);
      const [oldest] = all.keys();
      if (all.size > MOST && oldest !== undefined) all.delete(oldest);
      response.setHeader('set-cookie', `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax`);
      return session;
    },
    end(request, response, name_id) {
      all.delete(id_of(request));
      for (const [id, session] of all)
        if (name_id !== undefined && [...session.applications.values()].some((application) => application.name_id === name_id))
          all.delete(id);
      response.setHeader('set-cookie', `${COOKIE}=; Path=/; Max-Age=0`);
    },
  };
}
