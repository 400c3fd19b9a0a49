import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';

export const escape_html = (value: unknown): string =>
  String(value).replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);

const style = `
:root{color-scheme:light dark;--page:#faf6ef;--card:#fff;--text:#1c1917;--muted:#5f574e;--line:#e2dbd0;--fill:#8a3b12;--on-fill:#fff;--accent:#8a3b12;--soft:#f6f1e8;--bad:#a3231b}
@media (prefers-color-scheme:dark){:root{--page:#161310;--card:#1f1b17;--text:#f0ebe4;--muted:#b5aca1;--line:#39332c;--fill:#f0a57c;--on-fill:#2b1206;--accent:#f3b493;--soft:#29241e;--bad:#ffb0a8}}
*{box-sizing:border-box}
body{margin:0;padding:clamp(1rem,5vw,3rem) 1rem;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
header,main{max-inline-size:50rem;margin-inline:auto}
main.narrow{max-inline-size:26rem}
header{margin-block-end:1rem;color:var(--muted);text-align:center}
main{background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:clamp(1.25rem,4vw,2rem)}
h1{margin:0;font-size:1.5rem}
h2{margin:2rem 0 .5rem;font-size:1.1rem}
p{margin:.5rem 0}
.muted{color:var(--muted)}
.bad{color:var(--bad)}
label{display:block;font-weight:600;margin-block:1rem .35rem}
input:not([type=checkbox],[type=hidden]),textarea{inline-size:100%;min-block-size:2.75rem;padding:.5rem .75rem;font:inherit;color:inherit;background:var(--card);border:1px solid var(--muted);border-radius:.5rem}
textarea{min-block-size:16rem;font:.875rem/1.5 ui-monospace,monospace}
.switch{display:flex;gap:.75rem;align-items:flex-start;margin:.25rem 0;padding:.375rem 0;font-weight:400}
.switch input{inline-size:1.5rem;block-size:1.5rem;margin:0;flex:none;accent-color:var(--fill)}
button{min-block-size:2.75rem;margin-block-start:1.25rem;padding:.5rem 1.25rem;font:inherit;font-weight:600;cursor:pointer;color:var(--on-fill);background:var(--fill);border:1px solid transparent;border-radius:.5rem}
.quiet{color:var(--text);background:transparent;border-color:var(--muted)}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;margin:1.25rem 0 0}
.actions button{margin:0}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
summary{cursor:pointer;margin-block-start:1.25rem;min-block-size:1.75rem}
table{inline-size:100%;border-collapse:collapse;font-size:.9375rem}
th,td{padding:.4rem .75rem .4rem 0;text-align:start;vertical-align:top;border-block-end:1px solid var(--line)}
.scroll{overflow-x:auto}
th,td{overflow-wrap:normal}
th{white-space:nowrap}
code{font:.875rem/1.5 ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-line}
@media (max-width:30rem){.facts :is(tr,th,td){display:block;border:0;padding-block:0}.facts th{padding-block-start:.6rem}}
@media (forced-colors:active){main,button{border-color:CanvasText}}`;

/** One page of a mock partner. `content` is HTML that was escaped where it was made. */
export function send_mock_page(
  response: ServerResponse,
  page: { status?: number; title: string; partner: string; content: string; narrow?: boolean; form_action?: string; script?: string },
): void {
  const nonce = randomBytes(16).toString('base64');
  response.writeHead(page.status ?? 200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'${page.script === undefined ? '' : `; script-src 'nonce-${nonce}'`}; base-uri 'none'; frame-ancestors 'none'${page.form_action === undefined ? '' : `; form-action ${page.form_action}`}`,
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  });
  response.end(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape_html(page.title)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<header>${escape_html(page.partner)} · mock partner, for tests only</header>
<main${page.narrow === true ? ' class="narrow"' : ''}>
${page.content}
</main>${page.script === undefined ? '' : `\n<script nonce="${nonce}">${page.script}</script>`}
</body>
</html>
`);
}
