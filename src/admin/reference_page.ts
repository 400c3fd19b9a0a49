import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Context } from 'koa';
import { state_of } from '../http/index.ts';

/** Scalar's viewer as its package brings it: one file, from our own origin. */
const VIEWER = new URL('browser/standalone.js', import.meta.resolve('@scalar/api-reference'));

export const send_viewer = (ctx: Context): void => {
  ctx.status = 200;
  ctx.type = 'text/javascript';
  ctx.set('cache-control', 'private, max-age=3600');
  ctx.body = createReadStream(fileURLToPath(VIEWER));
};

const OPTIONS = {
  url: '/api/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  documentDownloadType: 'json',
};

/** The viewer makes style elements while it runs; under our policy each needs the nonce of this page. */
const ALLOW_STYLES = `{
  const { nonce } = document.currentScript;
  const create = document.createElement.bind(document);
  document.createElement = (name, options) => {
    const element = create(name, options);
    if (String(name).toLowerCase() === 'style') element.nonce = nonce;
    return element;
  };
}`;

export function reference_page(ctx: Context): string {
  const { nonce } = state_of(ctx);
  // the viewer sets attributes, too, which no nonce can cover; everything on this page is ours
  ctx.set('content-security-policy', `${ctx.response.get('content-security-policy')}; style-src-attr 'unsafe-inline'`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Postern admin API</title>
<script nonce="${nonce}">${ALLOW_STYLES}</script>
</head>
<body>
<div id="reference"></div>
<noscript><p>This page needs a script to draw the reference. The document itself is at <a href="/api/openapi.json">/api/openapi.json</a>.</p></noscript>
<script nonce="${nonce}" src="/api/docs/viewer.js"></script>
<script nonce="${nonce}">Scalar.createApiReference('#reference', ${JSON.stringify(OPTIONS)});</script>
</body>
</html>
`;
}
