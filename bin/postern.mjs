#!/usr/bin/env node
// Written for any Node: it must be able to say what is missing before anything else loads (better-sqlite3 crashes on Node 20).
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  console.error(
    `Postern needs Node.js 22.13 or newer; this is ${process.version} (${process.execPath}).\n` +
      'Install Node.js 24 (https://nodejs.org/), or, in a checkout, run it by npm, which brings its own: npx postern',
  );
  process.exit(1);
}

const built = new URL('../dist/src/cli/main.js', import.meta.url);
const source = new URL('../src/cli/main.ts', import.meta.url);
const { existsSync } = await import('node:fs');

let command = built;
if (!existsSync(built)) {
  if (!existsSync(source)) {
    console.error('Postern is not built: run npm run build.');
    process.exit(1);
  }
  const { fileURLToPath } = await import('node:url');
  const { register } = await import('tsx/esm/api');
  register({ tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) });
  command = source;
}
const { main } = await import(command.href);
await main(process.argv.slice(2));
