/** Runs a command with POSTERN_TEST_POSTGRES_URL naming a private PostgreSQL: `tsx scripts/with_postgres.ts node --test …` */
import { spawn } from 'node:child_process';
import { start_postgres } from './postgres_cluster.ts';

const [command, ...given] = process.argv.slice(2);
if (command === undefined) throw new Error('Name the command to run.');
const cluster = await start_postgres();
const child = spawn(command, given, { stdio: 'inherit', env: { ...process.env, POSTERN_TEST_POSTGRES_URL: cluster.url } });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
process.exitCode = await new Promise<number>((resolve) => {
  child.once('exit', (code) => resolve(code ?? 1));
  child.once('error', () => resolve(127));
});
await cluster.stop();
