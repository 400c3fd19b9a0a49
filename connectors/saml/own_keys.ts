import { createPrivateKey, type KeyObject } from 'node:crypto';
import { type ConnectionKey, ConnectorError, type Tools } from '../connector.ts';

export interface OwnKeys {
  /** @throws ConnectorError when the connection has none */
  signing(): Promise<ConnectionKey>;
  /** All that partners may still encrypt for: the current one first. */
  decryption(): Promise<readonly KeyObject[]>;
  /** What is published: current before next, retired ones not. */
  published(): Promise<readonly ConnectionKey[]>;
}

const RANK = { current: 0, next: 1, retired: 2 } as const;

/** The connection's own keys, parsed once each. */
export function own_keys(tools: Pick<Tools, 'keys'>): OwnKeys {
  const parsed = new Map<string, KeyObject>();
  const sorted = async (): Promise<ConnectionKey[]> => [...(await tools.keys())].sort((a, b) => RANK[a.state] - RANK[b.state]);
  return {
    async signing() {
      const key = (await sorted()).find(({ use, state }) => use === 'signing' && state === 'current');
      if (key === undefined) throw new ConnectorError('misconfigured', 'the connection has no signing key of its own');
      return key;
    },
    async decryption() {
      return (await sorted())
        .filter(({ use }) => use === 'encryption')
        .map(({ kid, private_key_pem }) => {
          const known = parsed.get(kid) ?? createPrivateKey(private_key_pem);
          parsed.set(kid, known);
          return known;
        });
    },
    async published() {
      return (await sorted()).filter(({ state }) => state !== 'retired');
    },
  };
}
