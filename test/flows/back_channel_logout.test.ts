import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import * as jose from 'jose';
import { type Installation, start_installation } from '../support/installation.ts';
import { until } from '../support/until.ts';

describe('back-channel logout', () => {
  let at: Installation;
  const told: string[] = [];
  let refuse = '';
  const app = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const { sid } = jose.decodeJwt(new URLSearchParams(body).get('logout_token') ?? '');
      told.push(String(sid));
      response.writeHead(sid === refuse ? 400 : 200).end();
    });
  });
  before(async () => {
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    const address = app.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    at = await start_installation({
      client: { backchannel_logout_uri: `http://127.0.0.1:${port}/logout`, grant_types: ['authorization_code'] },
    });
  });
  after(async () => {
    await at?.stop();
    app.close();
    app.closeAllConnections();
  });

  it('of one session is not held up by that of another, which the app answers by an error again and again', async () => {
    const first = await at.login();
    const second = await at.login();
    const [sid, other] = [first, second].map(({ tokens }) => tokens.claims()?.['sid'] as string); // every ID token of ours has one
    refuse = sid ?? '';
    await at.broker.api('DELETE', `/organizations/${at.acme.org_id}/users/${first.user_id}/sessions`);
    await until(() => told.includes(sid ?? '') && told.includes(other ?? ''));
  });
});
