import { createServer } from 'node:http';
import { free_port } from './free_port.ts';

/** An app of long ago: a session cookie of its own, and a page that ends it when somebody's browser loads it in a frame. */
export interface OldApp {
  readonly origin: string;
  readonly redirect_uri: string;
  readonly frontchannel_logout_uri: string;
  /** What its page was called with. */
  readonly told: { readonly query: URLSearchParams; readonly cookie: string }[];
  close(): void;
}

export async function old_app(host = 'localhost'): Promise<OldApp> {
  const port = await free_port();
  const told: OldApp['told'] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${host}`);
    const cookie = request.headers.cookie ?? '';
    response.setHeader('content-type', 'text/html');
    response.setHeader('cache-control', 'no-store');
    if (url.pathname === '/out') {
      told.push({ query: url.searchParams, cookie });
      response.setHeader('set-cookie', 'old_app=; Max-Age=0; Path=/');
    } else if (url.pathname === '/in') response.setHeader('set-cookie', 'old_app=signed-in; Path=/; HttpOnly');
    response.end(`<!doctype html><title>Old app</title><p id="who">${cookie.includes('old_app=signed-in') ? 'signed in' : 'nobody'}</p>`);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const origin = `http://${host}:${port}`;
  return {
    ...{ origin, told },
    redirect_uri: `${origin}/callback`,
    frontchannel_logout_uri: `${origin}/out?tenant=a%20b`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
