import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { escape_html, send_mock_page } from '../page.ts';

export const PARTNER = 'Mock SAML identity provider';

/** The sign-in form: works without script; `problem` is shown above it. */
export function send_sign_in(
  response: ServerResponse,
  state: string,
  about: { sp: string; username?: string | undefined; problem?: string | undefined },
): void {
  send_mock_page(response, {
    status: about.problem === undefined ? 200 : 401,
    title: 'Sign in',
    partner: PARTNER,
    narrow: true,
    content: `<h1>Sign in</h1>
<p class="muted">to <code>${escape_html(about.sp)}</code></p>
${about.problem === undefined ? '' : `<p class="bad" role="alert">${escape_html(about.problem)}</p>`}
<form method="post" action="/sign-in">
<input type="hidden" name="state" value="${escape_html(state)}">
<label for="username">User name</label>
<input id="username" name="username" autocomplete="username" required value="${escape_html(about.username ?? '')}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button name="action" value="sign_in">Sign in</button>
<button name="action" value="cancel" formnovalidate>Cancel</button>
</form>`,
  });
}

/** The POST binding: a form that sends itself, or by its button. */
export function send_form(response: ServerResponse, action: string, fields: Readonly<Record<string, string>>): void {
  const nonce = randomBytes(16).toString('base64');
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${escape_html(name)}" value="${escape_html(value)}">`,
  );
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; script-src 'nonce-${nonce}'; base-uri 'none'`,
    'referrer-policy': 'no-referrer',
  });
  response.end(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Back to the application</title></head>
<body><form method="post" action="${escape_html(action)}">${inputs.join('')}<button>Continue</button></form>
<script nonce="${nonce}">document.forms[0].submit()</script></body></html>
`);
}

export function send_message_page(response: ServerResponse, status: number, title: string, text: string): void {
  const content = `<h1>${escape_html(title)}</h1><p>${escape_html(text)}</p>`;
  send_mock_page(response, { status, title, partner: PARTNER, narrow: true, content });
}
