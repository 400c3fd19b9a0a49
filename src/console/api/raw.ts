import { no_answer, problem_of } from './problem.ts';
import { query_client } from './query_client.ts';
import { CSRF_HEADER, session_query } from './session.ts';

/** A request to the API, or to the console's own server, whose body or answer is a file. `path` begins at the origin. @throws Problem */
export async function ask_raw(
  method: 'GET' | 'POST',
  path: string,
  file?: { readonly body: BodyInit; readonly type: string },
): Promise<Response> {
  const session = query_client.getQueryData(session_query.queryKey);
  const response = await fetch(path, {
    method,
    headers: {
      ...(session !== undefined && 'csrf' in session && { [CSRF_HEADER]: session.csrf }),
      ...(file !== undefined && { 'content-type': file.type }),
      accept: 'application/json, */*;q=0.5',
    },
    ...(file !== undefined && { body: file.body }),
  }).catch(() => {
    throw no_answer();
  });
  if (!response.ok) throw problem_of(await response.json().catch(() => undefined), response);
  return response;
}

/** The JSON of an answer: of the shape that the caller names. @throws Problem */
export async function ask_json<Body>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Body> {
  const file = body === undefined ? undefined : { body: JSON.stringify(body), type: 'application/json' };
  return (await (await ask_raw(method, path, file)).json()) as Body; // the broker's own, of the same version
}
