/**
 * The console in the browser: `build` writes it to dist/console, from where the broker serves it; `serve` shows it while it is worked on,
 * with everything else answered by a broker (`--broker URL`, by default the demo's).
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import react from '@vitejs/plugin-react';
import { build, createServer, type InlineConfig } from 'vite';

const { positionals, values } = parseArgs({
  options: { broker: { type: 'string', default: 'http://localhost:4400' } },
  allowPositionals: true,
});
const [verb] = positionals;
const root = join(import.meta.dirname, '..');

const config: InlineConfig = {
  configFile: false,
  root: join(root, 'src/console'),
  base: '/console/',
  plugins: [react()],
  logLevel: verb === 'build' ? 'warn' : 'info',
  // the broker puts the nonce of each answer in its place: no script and no style is allowed without
  html: { cspNonce: '%CSP_NONCE%' },
  build: {
    outDir: join(root, 'dist/console'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // a library that many screens share is fetched once, and Mantine's styles come before ours
    cssCodeSplit: false,
    chunkSizeWarningLimit: 700,
  },
};

if (verb === 'build') await build(config);
else if (verb === 'serve') {
  const { broker } = values;
  const proxy = { target: broker, changeOrigin: true, headers: { origin: new URL(broker).origin } };
  const server = await createServer({ ...config, html: {}, server: { port: 4420, proxy: { '/api': proxy, '/console/session': proxy } } });
  await server.listen();
  server.printUrls();
} else throw new Error('Name one of: build, serve.');
