import type { Act } from '../audit/index.ts';
import { hash_token, type OrgId, random_token } from '../kernel/index.ts';
import type { Storage, Tx } from '../storage/index.ts';
import type { LoginDeps, Trace } from './deps.ts';

/** How long somebody has to open the address and finish. */
const LIFE_MS = 3_600_000;

export interface TestSignIn {
  /** For one browser, once. */
  readonly test_url: string;
  /** Under which the result is found afterwards. */
  readonly reference: string;
  readonly expires_at: number;
}

/** Whole sign-ins that try a connection and leave nothing but their trace. */
export interface TestSignIns {
  /** `back`: a path of ours where the browser goes at the end, instead of the page with the result. */
  begin(of: { readonly org_id: OrgId; readonly connection_id: string }, act: Act, back?: string): Promise<TestSignIn>;
}

export const test_id = (token: string): string => `test_${hash_token(token)}`;

export function make_test_sign_ins(deps: {
  readonly storage: Storage;
  readonly now: () => number;
  readonly issuer_url: string;
  readonly new_reference: () => string;
  readonly record: LoginDeps['record'];
  readonly save_trace: (tx: Tx, trace: Trace) => Promise<void>;
}): TestSignIns {
  return {
    async begin({ org_id, connection_id }, act, back) {
      const token = random_token(24);
      const reference = deps.new_reference();
      const [started_at, expires_at] = [deps.now(), deps.now() + LIFE_MS];
      await deps.storage.transact(async (tx) => {
        await tx.sql.run(
          `INSERT INTO "login_attempts" ("id", "purpose", "browser_hash", "org_id", "connection_id", "reference", "request", "steps", "started_at", "expires_at")
           VALUES (?, 'test', '', ?, ?, ?, ?, '[]', ?, ?)`,
          [test_id(token), org_id, connection_id, reference, JSON.stringify({ asked: { back } }), started_at, expires_at],
        );
        await deps.save_trace(tx, {
          ...{ reference, purpose: 'test', org_id, connection_id, client_id: null, user_id: null },
          ...{ outcome: 'pending', code: null, steps: [], personal: null, started_at, finished_at: null },
        });
        await deps.record(tx, act, {
          type: 'connection.test_started',
          org_id,
          target: { kind: 'connection', id: connection_id },
          after: { reference },
        });
      });
      return { test_url: `${deps.issuer_url.replace(/\/$/, '')}/login/test/${token}`, reference, expires_at };
    },
  };
}
