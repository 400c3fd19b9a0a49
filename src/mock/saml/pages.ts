import type { ServerResponse } from 'node:http';
import { escape_html, send_mock_page } from '../page.ts';
import { send_sign_in_page, send_words } from '../sign_in_page.ts';

export const PARTNER = 'Mock SAML identity provider';

export const send_sign_in = (
  response: ServerResponse,
  state: string,
  { sp, ...about }: { sp: string; username?: string | undefined; problem?: string | undefined },
): void => send_sign_in_page(response, state, { ...about, partner: PARTNER, to: sp });

/** The POST binding: a form that sends itself, or by its button. */
export function send_form(response: ServerResponse, action: string, fields: Readonly<Record<string, string>>): void {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${escape_html(name)}" value="${escape_html(value)}">`,
  );
  send_mock_page(response, {
    title: 'Back to the application',
    partner: PARTNER,
    narrow: true,
    content: `<h1>Back to the application</h1>
<form method="post" action="${escape_html(action)}">${inputs.join('')}
<p>If nothing happens, press Continue.</p>
<button>Continue</button></form>`,
    script: 'document.forms[0].submit()',
  });
}

export const send_message_page = (response: ServerResponse, status: number, title: string, text: string): void =>
  send_words(response, status, PARTNER, title, text);
