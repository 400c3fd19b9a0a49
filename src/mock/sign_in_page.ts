import type { ServerResponse } from 'node:http';
import { escape_html, send_mock_page } from './page.ts';

/** The sign-in form of a mock partner: works without script; `problem` is shown above it. */
export function send_sign_in_page(
  response: ServerResponse,
  state: string,
  about: { readonly partner: string; readonly to: string; readonly username?: string | undefined; readonly problem?: string | undefined },
): void {
  send_mock_page(response, {
    status: about.problem === undefined ? 200 : 401,
    title: 'Sign in',
    partner: about.partner,
    narrow: true,
    content: `<h1>Sign in</h1>
<p class="muted">to <code>${escape_html(about.to)}</code></p>
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

export function send_words(response: ServerResponse, status: number, partner: string, title: string, text: string): void {
  const content = `<h1>${escape_html(title)}</h1><p>${escape_html(text)}</p>`;
  send_mock_page(response, { status, title, partner, narrow: true, content });
}
