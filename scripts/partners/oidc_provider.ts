import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { ProviderOptions } from './oidc_provider_process.ts';

export interface OidcProvider {
  readonly issuer: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts oidc-provider in a process of its own. */
export async function start_oidc_provider(options: ProviderOptions): Promise<OidcProvider> {
  const child = fork(join(import.meta.dirname, 'oidc_provider_process.ts'), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.send(options);
  const { issuer } = await new Promise<{ issuer: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { issuer: string })); // sent by oidc_provider_process.ts
    child.once('exit', (code) => reject(new Error(`oidc-provider ended with ${code}`)));
  });
  return {
    issuer,
    port: Number(new URL(issuer).port),
    async stop() {
      child.kill();
      await ended;
    },
  };
}
