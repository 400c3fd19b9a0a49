import type { Tx } from '../../storage/index.ts';
import { type About, type OutboundDeps, SCIM_TARGET } from './deps.ts';

/** So long more changes of one group are waited for: a hundred people who come one by one are few requests. */
const GATHER_MS = 1000;

/** Has a target told how each of these is, in the unit of work that changed them. Answers the ids of the deliveries. */
export const enqueue = (
  deps: Pick<OutboundDeps, 'append_latest'>,
  tx: Tx,
  about: readonly About[],
  options: { readonly urgent?: boolean } = {},
): Promise<string[]> =>
  deps.append_latest(
    tx,
    about.map((one) => ({
      ...{ org_id: one.org_id, kind: SCIM_TARGET, order_key: `${one.target_id}/${one.id}`, payload: one },
      ...(one.kind === 'group' && { delay_ms: GATHER_MS }),
      ...(options.urgent === true && { urgent: true }),
    })),
  );
