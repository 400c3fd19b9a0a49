import { rfc3339 } from '../kernel/index.ts';
import { command_act } from './act.ts';
import { type Cli, with_postern } from './cli.ts';
import { print_item, print_list } from './print.ts';

/** `postern keys list`: the signing keys of the issuer, without their private parts. */
export async function keys_list(cli: Cli, json: boolean): Promise<void> {
  await with_postern(cli, async ({ keys }) => {
    const data = (await keys.list()).map((key) => ({
      ...key,
      created_at: rfc3339(key.created_at),
      current_at: time(key.current_at),
      retired_at: time(key.retired_at),
      expires_at: time(key.expires_at),
    }));
    print_list(cli, { data, next: null }, ['kid', 'alg', 'state', 'created_at', 'current_at', 'expires_at'], json);
  });
}

/** `postern keys rotate`: the keys that were published as next sign from now on. Tokens that are out stay valid. */
export async function keys_rotate(cli: Cli, json: boolean): Promise<void> {
  await with_postern(cli, async ({ keys, audit }) => {
    const signing = await keys.rotate(cli.now(), (tx, kids) =>
      audit.record(tx, command_act(), { type: 'signing_keys.rotated', target: { kind: 'signing_key', id: kids.join(' ') } }),
    );
    if (json) print_item(cli, { signing }, true);
    else cli.out(`Signing from now on: ${signing.join(', ')}. The keys before them stay published for a day.`);
  });
}

const time = (at: number | null): string | null => (at === null ? null : rfc3339(at));
