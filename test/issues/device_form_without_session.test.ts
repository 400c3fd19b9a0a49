import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { Browser } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';

let it_is: Installation;
before(async () => {
  it_is = await start_installation();
});
after(() => it_is.stop());

it('a device form that comes without its session is a 400 with the form again, and no error of ours', async () => {
  for (const user_code of ['AAAA-BBBB', '', 'x'.repeat(3000), '\u0000']) {
    const answer = await fetch(`${it_is.broker.issuer}/device`, { method: 'POST', body: new URLSearchParams({ user_code }) });
    assert.equal(answer.status, 400, user_code.slice(0, 20));
    assert.match(await answer.text(), /<form/);
  }
  const browser = new Browser();
  const page = await browser.open(`${it_is.broker.issuer}/device`);
  assert.equal((await browser.submit(page, { user_code: 'AAAA-BBBB' })).status, 400);
});
