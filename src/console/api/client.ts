import createClient, { type Middleware } from 'openapi-fetch';
import { query_client } from './query_client.ts';
import { no_answer, problem_of } from './problem.ts';
import type { components, paths } from './schema.d.ts';
import { CSRF_HEADER, session_query } from './session.ts';

export type Schemas = components['schemas'];

/** What every request carries: the proof that this page asked, and a key that makes a repeated POST harmless. */
const credentials: Middleware = {
  onRequest({ request }) {
    const session = query_client.getQueryData(session_query.queryKey);
    if (session !== undefined && 'csrf' in session) request.headers.set(CSRF_HEADER, session.csrf);
    // made by browsers on https and on this machine only
    if (request.method === 'POST' && isSecureContext) request.headers.set('idempotency-key', crypto.randomUUID());
    return request;
  },
  onResponse({ response }) {
    // the session ended elsewhere: the shell shows the sign-in page
    if (response.status === 401) void query_client.invalidateQueries({ queryKey: session_query.queryKey });
    return response;
  },
};

export const api = createClient<paths>({ baseUrl: new URL('/api/v1', location.origin).href });
api.use(credentials);

interface Answer<Body> {
  readonly data?: Body | undefined;
  readonly error?: unknown;
  readonly response: Response;
}

/** The body of an answer. @throws Problem */
export async function take<Body>(asked: Promise<Answer<Body>>): Promise<Body> {
  return (await answered(asked)).data as Body; // an answer with status 2xx has the body that the document says
}

export interface Versioned<Item> {
  readonly item: Item;
  /** For `If-Match`: a change made in the meantime is not overwritten. */
  readonly etag: string;
}

/** The body and its version. @throws Problem */
export async function take_versioned<Body>(asked: Promise<Answer<Body>>): Promise<Versioned<Body>> {
  const { data, response } = await answered(asked);
  return { item: data as Body /* as above */, etag: response.headers.get('etag') ?? '*' };
}

async function answered<Body>(asked: Promise<Answer<Body>>): Promise<Answer<Body>> {
  const answer = await asked.catch(() => {
    throw no_answer();
  });
  if (!answer.response.ok) throw problem_of(answer.error, answer.response);
  return answer;
}
