import type { Heard } from '../../audit/index.ts';
import type { AccessScope } from '../../kernel/index.ts';
import type { Tx } from '../../storage/index.ts';
import { type DeadLetters, make_dead_letters } from './dead_letters.ts';
import { deliver, make_connect, type Undelivered } from './deliver.ts';
import type { About, OutboundDeps } from './deps.ts';
import { end_accounts, type EndingAccount } from './end_accounts.ts';
import { heard } from './heard.ts';
import type { Hearing } from './remote.ts';
import { make_runs, type ScimRuns } from './runs/runs.ts';
import { sweep_runs, tend_runs } from './runs/tend.ts';

/** The people of the vendor's apps, told to each app by SCIM. */
export interface Outbound {
  /** In the unit of work of what was recorded. */
  heard(tx: Tx, event: Heard): Promise<void>;
  /** In the unit of work that ends the access. */
  end_accounts(tx: Tx, scope: AccessScope): Promise<EndingAccount[]>;
  /** One delivery of the outbox. Throws to be tried again. */
  deliver(payload: unknown, hearing: Pick<Hearing, 'signal' | 'note'>): Promise<Undelivered | undefined>;
  readonly runs: ScimRuns;
  readonly dead_letters: DeadLetters;
  /** Goes on with loads and comparisons; called by a timer. */
  tend(): Promise<void>;
}

export function make_outbound(deps: OutboundDeps): Outbound {
  const connect = make_connect(deps);
  return {
    heard: (tx, event) => heard(deps, tx, event),
    end_accounts: (tx, scope) => end_accounts(deps, tx, scope),
    deliver: (payload, hearing) => deliver(deps, connect, payload as About, hearing), // appended by enqueue
    runs: make_runs(deps),
    dead_letters: make_dead_letters(deps),
    async tend() {
      const steps = await tend_runs(deps, connect);
      if (steps === 0) await sweep_runs(deps.storage, deps.now());
    },
  };
}
