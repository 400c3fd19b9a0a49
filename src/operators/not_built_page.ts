/** What stands at `/console` in a checkout whose console was not built: for whoever runs it, so in one language. */
export const not_built_page = (nonce: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The console is not built</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 36rem; margin: 15vh auto; padding: 0 1.5rem; }
code { padding: .1em .3em; border: 1px solid; border-radius: .25em; }
</style>
</head>
<body>
<main>
<h1>The console is not built</h1>
<p>Postern runs, but the files of its console are not there. Build them and reload this page:</p>
<p><code>npm run build</code></p>
<p>Everything that the console does can be done with the <a href="/api/docs">admin API</a> and the <code>postern</code> command as well.</p>
</main>
</body>
</html>
`;
