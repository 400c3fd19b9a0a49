import type { SignedIn } from './issuer.ts';

const escape = (value: unknown): string => String(value).replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);

const style = `
:root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--text:#16191f;--muted:#555d6b;--line:#dfe3e8;--fill:#0b5d4e;--on-fill:#fff;--accent:#0b5d4e;--soft:#eef2f1}
@media (prefers-color-scheme:dark){:root{--page:#101317;--card:#191d23;--text:#eceef2;--muted:#a6aebb;--line:#2e343d;--fill:#7fd6c2;--on-fill:#07231d;--accent:#8fdccb;--soft:#20272b}}
*{box-sizing:border-box}
body{margin:0;padding:clamp(1rem,5vw,3rem) 1rem;background:var(--page);color:var(--text);font:1rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
header,main{max-inline-size:46rem;margin-inline:auto}
header{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.5rem 1rem;align-items:baseline;margin-block-end:1rem;color:var(--muted)}
header a{font-weight:650;color:var(--text);text-decoration:none}
main{background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:clamp(1.25rem,4vw,2.25rem)}
h1{margin:0 0 .5rem;font-size:1.6rem;line-height:1.25}
h2{margin:2rem 0 .5rem;font-size:1.05rem}
p{margin:.5rem 0}
.muted{color:var(--muted)}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;margin-block:1.5rem 0}
form{margin:0}
button,.button{display:inline-block;min-block-size:2.75rem;padding:.6rem 1.25rem;font:inherit;font-weight:600;line-height:1.4;cursor:pointer;text-decoration:none;color:var(--on-fill);background:var(--fill);border:1px solid transparent;border-radius:.6rem}
.quiet{color:var(--text);background:transparent;border-color:var(--muted)}
label{display:block;font-weight:600;margin-block:1rem .35rem}
input{inline-size:100%;max-inline-size:22rem;min-block-size:2.75rem;padding:.5rem .75rem;font:inherit;color:inherit;background:var(--card);border:1px solid var(--muted);border-radius:.6rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
summary{cursor:pointer;margin-block-start:1.5rem;min-block-size:1.75rem}
dl{display:grid;align-items:baseline;grid-template-columns:minmax(7rem,auto) 1fr;gap:.4rem 1.25rem;margin:1rem 0 0}
dt{color:var(--muted)}
dd{margin:0}
ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.375rem}
li{padding:.1rem .6rem;border:1px solid var(--line);border-radius:99px;background:var(--soft);font-size:.9rem}
pre{margin:.5rem 0 0;padding:1rem;border-radius:.75rem;background:var(--soft);white-space:pre-wrap;font:.85rem/1.5 ui-monospace,monospace}
@media (max-width:26rem){dl{grid-template-columns:1fr;gap:0}dd{margin-block-end:.6rem}}
@media (forced-colors:active){button,.button,main,li{border-color:CanvasText}}`;

const page = (nonce: string, title: string, content: string, who = ''): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape(title)} · Sample app</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<header><a href="/">Sample app</a>${who === '' ? '' : `<span>${escape(who)}</span>`}</header>
<main>
${content}
</main>
</body>
</html>
`;

export const home_page = (nonce: string): string =>
  page(
    nonce,
    'Welcome',
    `<h1>Welcome</h1>
<p class="muted">This app has no passwords of its own: your company signs you in.</p>
<p class="actions"><a class="button" href="/sign-in">Sign in</a></p>
<details>
<summary>Sign in to one organization</summary>
<form action="/sign-in" method="get">
<label for="organization">Organization</label>
<input id="organization" name="organization" autocomplete="organization" autocapitalize="none" spellcheck="false" required maxlength="64" aria-describedby="organization-hint">
<p class="muted" id="organization-hint">Its short name, for example <code>acme</code></p>
<p class="actions"><button class="quiet">Continue</button></p>
</form>
</details>`,
  );

export const message_page = (nonce: string, title: string, text: string): string =>
  page(
    nonce,
    title,
    `<h1>${escape(title)}</h1>
<p>${escape(text)}</p>
<p class="actions"><a class="button" href="/sign-in">Sign in</a> <a class="button quiet" href="/">First page</a></p>`,
  );

/** Who is here, and what the issuer said of them. The raw tokens stay on the server. */
export function profile_page(nonce: string, { claims, access_token, refresh_token }: SignedIn): string {
  const name = text(claims['name']) ?? text(claims['preferred_username']) ?? claims.sub;
  const email = text(claims['email']);
  const organization = text(claims['org_name']) ?? text(claims['org_slug']) ?? claims.org_id;
  const facts: [string, string][] = [
    ['Name', escape(name)],
    [
      'E-mail',
      email === undefined
        ? none
        : `${escape(email)} <span class="muted">(${claims['email_verified'] === true ? 'verified' : 'not verified'})</span>`,
    ],
    ['Organization', `${escape(organization)} <span class="muted">${escape(claims.org_id)}</span>`],
    ['Groups', chips(claims['groups'])],
    ['Roles', chips(claims['roles'])],
    ['Signed in', claims['auth_time'] === undefined ? none : escape(time(Number(claims['auth_time']) * 1000))],
    ['By connection', escape(claims['idp'] ?? '')],
  ];
  const access: [string, string][] = [
    ['Kind', access_token.kind === 'jwt' ? 'signed (JWT), verified as the API would' : 'opaque: an API asks the issuer about it'],
    ['Scope', access_token.scope === undefined || access_token.scope === '' ? none : escape(access_token.scope)],
    ['Ends', access_token.expires_at === undefined ? none : escape(time(access_token.expires_at))],
    ['Refresh token', refresh_token === undefined ? none : 'kept on the server'],
  ];
  return page(
    nonce,
    name,
    `<h1>Hello, ${escape(name)}</h1>
${list(facts)}
<div class="actions">
<form action="/sign-out" method="post"><button>Sign out</button></form>
<form action="/refresh" method="post"><button class="quiet">Refresh tokens</button></form>
<a class="button quiet" href="/sign-in">Sign in again</a>
</div>
<h2>ID token</h2>
<pre tabindex="0" role="region" aria-label="Claims of the ID token">${json(claims)}</pre>
<h2>Access token</h2>
${list(access)}
${access_token.claims === undefined ? '' : `<pre tabindex="0" role="region" aria-label="Claims of the access token">${json(access_token.claims)}</pre>`}`,
    organization,
  );
}

const none = '<span class="muted">none</span>';
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const time = (epoch_ms: number): string =>
  new Date(epoch_ms)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
const json = (value: unknown): string => escape(JSON.stringify(value, null, 2));
const list = (facts: readonly [string, string][]): string =>
  `<dl>\n${facts.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('\n')}\n</dl>`;

function chips(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return none;
  return `<ul>${value.map((item) => `<li>${escape(item)}</li>`).join('')}</ul>`;
}
