import { setTimeout as wait } from 'node:timers/promises';
import type { Middleware } from 'koa';
import type { RateLimits } from './http/index.ts';
import { receive_routes, stream_routes } from './signals/index.ts';
import type { Issuer } from './tokens/index.ts';
import type { Postern } from './wiring.ts';

/** Where partners tell of ended sessions, and where apps keep the streams by which they hear of theirs. */
export function signal_doors(postern: Postern, issuer: Pick<Issuer, 'stream_access'>, rate_limits: RateLimits): Middleware[] {
  const { world, storage, audit, organizations, keys } = postern;
  const { directory } = organizations;
  const both = { storage, now: world.now, rate_limits, directory, record: audit.record };
  return [
    receive_routes({
      ...both,
      ...postern.transmitter_trust,
      end_access: postern.end_access,
      log: (message, fields) => world.log.warn(fields, message),
    }),
    stream_routes({
      ...both,
      append_outbox: audit.append_outbox,
      issuer_url: world.settings.issuer,
      signers: () => keys.signers(),
      identify: (token) => issuer.stream_access(token),
      sleep: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
    }),
  ];
}
