import { sealed_columns } from '../doctor/index.ts';
import { reseal } from '../storage/index.ts';
import { command_act } from './act.ts';
import { type Cli, with_postern } from './cli.ts';
import { print_item } from './print.ts';

/** `postern secret reseal`: afterwards an older secret may be dropped from POSTERN_SECRET. */
export async function secret_reseal(cli: Cli, json: boolean): Promise<void> {
  await with_postern(cli, async ({ storage, audit }) => {
    const resealed = await reseal(storage, sealed_columns);
    if (resealed > 0) {
      await storage.transact((tx) => audit.record(tx, command_act(), { type: 'secrets.resealed', after: { values: resealed } }));
    }
    if (json) print_item(cli, { resealed }, true);
    else
      cli.out(
        resealed === 0
          ? 'Everything is sealed under the current secret.'
          : `Sealed anew: ${resealed} values. An older secret may now be dropped.`,
      );
  });
}
