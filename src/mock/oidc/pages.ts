import type { ServerResponse } from 'node:http';
import { escape_html, send_mock_page } from '../page.ts';

export const PARTNER = 'Mock OpenID provider';

/** The sign-in form: works without script; `problem` is shown above it. */
export function send_sign_in(
  response: ServerResponse,
  state: string,
  about: { client_id: string; username?: string | undefined; problem?: string | undefined },
): void {
  send_mock_page(response, {
    status: about.problem === undefined ? 200 : 401,
    title: 'Sign in',
    partner: PARTNER,
    narrow: true,
    content: `<h1>Sign in</h1>
<p class="muted">to <code>${escape_html(about.client_id)}</code></p>
${about.problem === undefined ? '' : `<p class="bad" role="alert">${escape_html(about.problem)}</p>`}
<form method="post" action="/sign-in">
<input type="hidden" name="state" value="${escape_html(state)}">
<label for="username">User name</label>
<input id="username" name="username" autocomplete="username" required value="${escape_html(about.username ?? '')}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<p class="actions"><button name="action" value="sign_in">Sign in</button>
<button class="quiet" name="action" value="cancel" formnovalidate>Cancel</button></p>
</form>
<p class="muted">Who can sign in, and what can go wrong: <a href="/">control page</a></p>`,
  });
}

export function send_message_page(response: ServerResponse, status: number, title: string, text: string): void {
  const content = `<h1>${escape_html(title)}</h1><p>${escape_html(text)}</p>`;
  send_mock_page(response, { status, title, partner: PARTNER, narrow: true, content });
}
