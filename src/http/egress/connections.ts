import type { LookupFunction } from 'node:net';
import { Pool } from 'undici';
import type { Address } from './address.ts';

interface Kept {
  readonly pool: Pool;
  readonly addresses: ReadonlySet<string>;
  used_at: number;
}

export interface Connections {
  /** Connections to this origin at these very addresses: new ones, or kept ones to some of them. */
  to(origin: string, addresses: readonly Address[]): Pool;
  close(): Promise<void>;
}

const CONNECT_MS = 4000;
/** Between sign-ins of one partner a connection stays; its server may say less. */
const IDLE_MS = 30_000;
const FORGET_MS = 120_000;
const MOST = 500;
const PER_ORIGIN = 50;

/**
 * Keeps connections, so that a sign-in does not begin with TLS handshakes. A kept one serves a host only while everything it
 * may have been opened to is what the host resolves to now: each request was resolved and checked itself.
 */
export function make_connections(now: () => number): Connections {
  const by_origin = new Map<string, Kept[]>();
  let count = 0;
  const forget = (): void => {
    const old = now() - FORGET_MS;
    for (const [origin, kept] of by_origin) {
      const staying = kept.filter((one) => one.used_at >= old);
      for (const one of kept) if (one.used_at < old) void one.pool.close(); // after what is under way
      count -= kept.length - staying.length;
      if (staying.length === 0) by_origin.delete(origin);
      else by_origin.set(origin, staying);
    }
  };
  const open = (origin: string, addresses: readonly Address[]): Kept => {
    if (count >= MOST) forget();
    const kept = { pool: open_pool(origin, addresses), addresses: new Set(addresses.map(({ address }) => address)), used_at: now() };
    // full of what was just used: this one serves its request and is not kept
    if (count < MOST) {
      count += 1;
      by_origin.set(origin, [...(by_origin.get(origin) ?? []), kept]);
    }
    return kept;
  };
  return {
    to(origin, addresses) {
      const here = new Set(addresses.map(({ address }) => address));
      const kept =
        by_origin.get(origin)?.find((one) => [...one.addresses].every((address) => here.has(address))) ?? open(origin, addresses);
      kept.used_at = now();
      return kept.pool;
    },
    async close() {
      const all = [...by_origin.values()].flat();
      by_origin.clear();
      count = 0;
      await Promise.all(all.map((one) => one.pool.destroy()));
    },
  };
}

/** A pool that can only reach the addresses it was given: it asks no resolver, and no proxy of the environment. */
function open_pool(origin: string, addresses: readonly Address[]): Pool {
  return new Pool(origin, {
    connections: PER_ORIGIN,
    pipelining: 1,
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: IDLE_MS,
    // each request has a deadline of its own
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: {
      timeout: CONNECT_MS,
      lookup: pinned(addresses),
      autoSelectFamily: true,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
    },
  });
}

const pinned =
  (addresses: readonly Address[]): LookupFunction =>
  (_host, options, answer) => {
    const [first] = addresses;
    if (options.all === true) answer(null, [...addresses]);
    else if (first !== undefined) answer(null, first.address, first.family);
    else answer(new Error('no address'), '');
  };
