import type { Tools } from '../../../connectors/connector.ts';

/** The guarded client in the shape of the web's `fetch`, for libraries that take one. Redirects are never followed; a fault rejects with the ConnectorError itself. */
export function as_web_fetch(guarded: Tools['fetch']): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { method } = request;
    if (method !== 'GET' && method !== 'POST') throw new TypeError(`the egress sends GET and POST, not ${method}`);
    const answer = await guarded(request.url, {
      method,
      headers: Object.fromEntries(request.headers),
      ...(method === 'POST' && { body: new Uint8Array(await request.arrayBuffer()) }),
      signal: request.signal,
    });
    const { status, headers } = answer;
    const is_redirect = status >= 300 && status < 400 && 'location' in headers;
    if (is_redirect && init?.redirect === 'error') throw new TypeError('a redirect was answered');
    if (status < 200 || status > 599) throw new TypeError(`the status ${status} is no answer`);
    const has_body = status !== 204 && status !== 205 && status !== 304;
    return new Response(has_body ? Uint8Array.from(answer.body) : null, { status, headers });
  };
}
