import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Browser } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { arrive, type RelyingParty, relying_party } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';
import { add_client } from '../support/tenant.ts';

interface AuditEvent {
  readonly type: string;
  readonly target: { readonly id: string };
  readonly before?: Record<string, unknown>;
  readonly after?: Record<string, unknown>;
}

describe('an owner may exempt a confidential app from PKCE, and nobody overlooks it', () => {
  let it_is: Installation;
  before(async () => {
    it_is = await start_installation();
  });
  after(() => it_is.stop());

  const events_of = async (client_id: string, type: string): Promise<AuditEvent[]> =>
    (await it_is.broker.api<{ data: AuditEvent[] }>('GET', `/audit-events?type=${type}`)).data.filter(
      ({ target }) => target.id === client_id,
    );
  /** Where a request without PKCE ends. */
  async function without_pkce(app: RelyingParty): Promise<string | null> {
    const browser = new Browser();
    const started = await app.begin({ organization: 'acme' }, { without_pkce: true });
    const arrived = await sign_in(browser, await arrive(browser, app, started.url), it_is.ann);
    const error = new URL(arrived.url).searchParams.get('error');
    if (error === null) assert.ok((await started.finish(arrived.url)).id_token);
    return error;
  }

  it('registered so: the record of its making says `require_pkce: false`', async () => {
    const { client_id } = await add_client(it_is.broker, { require_pkce: false });
    const [event] = await events_of(client_id, 'client.created');
    assert.equal(event?.after?.['require_pkce'], false);
  });

  it('changed so, and back: each record says which of the two', async () => {
    const registered = await add_client(it_is.broker);
    const { client_id } = registered;
    const app = await relying_party({ issuer: it_is.broker.issuer, ...registered });
    assert.equal(await without_pkce(app), 'invalid_request');
    await it_is.broker.api('PATCH', `/clients/${client_id}`, { require_pkce: false });
    assert.equal(await without_pkce(app), null);
    await it_is.broker.api('PATCH', `/clients/${client_id}`, { require_pkce: true });
    assert.equal(await without_pkce(app), 'invalid_request');
    const said = (await events_of(client_id, 'client.updated')).map(({ after: now }) => now?.['require_pkce']);
    assert.deepEqual(said.toSorted(), [false, true]);
  });

  it('PKCE downgrade: a code that was asked for with a challenge is of no use without its verifier, exempt or not', async () => {
    const registered = await add_client(it_is.broker, { require_pkce: false });
    const app = await relying_party({ issuer: it_is.broker.issuer, ...registered });
    const browser = new Browser();
    const started = await app.begin({ organization: 'acme' });
    const { url } = await sign_in(browser, await arrive(browser, app, started.url), it_is.ann);
    const { client_id, client_secret } = registered;
    const answer = await fetch(`${it_is.broker.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: new URL(url).searchParams.get('code') ?? '',
        redirect_uri: app.redirect_uri,
      }),
    });
    assert.equal(answer.status, 400);
    assert.equal(((await answer.json()) as { error: string }).error, 'invalid_grant');
  });
});
