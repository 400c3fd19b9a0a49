import { type ChildProcess, spawn } from 'node:child_process';

export interface Program {
  stop(): Promise<void>;
}

/** Starts a server in a process of its own and waits until its address answers. @throws Error with what it said when it ends before that */
export async function run_program(
  command: string,
  given: readonly string[],
  options: { readonly env: Readonly<Record<string, string>>; readonly cwd?: string; readonly url: string },
): Promise<Program> {
  const said: string[] = [];
  const child: ChildProcess = spawn(command, given, {
    cwd: options.cwd,
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let over = false;
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      over = true;
      resolve();
    };
    child.once('exit', end);
    child.once('error', (error) => {
      said.push(String(error));
      end();
    });
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  for (let tries = 0; ; tries++) {
    if (over || tries === 300) {
      child.kill('SIGKILL');
      throw new Error(`${command} did not start: ${said.join('').slice(-4000)}`);
    }
    const up = await fetch(options.url, { redirect: 'manual' }).then(
      () => true,
      () => false,
    );
    if (up) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    async stop() {
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(hard);
    },
  };
}
