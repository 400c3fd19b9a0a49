import { process_cli } from './world.ts';

/** The `postern` command: reads its arguments, does what they say; exit status 1 when that fails. */
export async function main(argv: readonly string[]): Promise<void> {
  // a reader that has seen enough (`| head`) is no mistake
  process.stdout.on('error', (error: Error) => {
    if ('code' in error && error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const cli = process_cli(process.env, (status) => {
    process.exitCode = status;
  });
  const { run } = await import('./program.ts');
  await run(cli, argv);
}
