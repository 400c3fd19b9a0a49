import { lookup as system_lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { ConnectorError } from '../../../connectors/connector.ts';
import { type Address, address_rule } from './address.ts';
import { type Host } from './host.ts';

export type Lookup = (host: string) => Promise<readonly Address[]>;

/** Where a host is: every address of it passed the rule. */
export interface Place {
  readonly addresses: readonly Address[];
  /** All of them lie in networks that the operator allows. */
  readonly private: boolean;
}

/** The system's own answer, hosts file included; a few at a time, for each takes a thread that others need. */
export function system_resolver(): Lookup {
  const ask = few_at_a_time(3, async (host: string) => {
    const found = await system_lookup(host, { all: true, order: 'verbatim' });
    return found.map(({ address, family }): Address => ({ address, family: family === 6 ? 6 : 4 }));
  });
  const asked = new Map<string, Promise<readonly Address[]>>();
  return (host) => {
    const before = asked.get(host);
    if (before !== undefined) return before;
    const answer = ask(host).finally(() => asked.delete(host));
    asked.set(host, answer);
    return answer;
  };
}

/** Resolves a host once and checks every address of it: one that is refused refuses the host, whatever stands beside it. */
export function make_resolve(allow_private_networks: readonly string[], lookup: Lookup): (host: Host) => Promise<Place> {
  const judge = address_rule(allow_private_networks);
  return async ({ name, is_address }) => {
    const addresses = is_address ? [{ address: name, family: isIP(name) === 6 ? 6 : 4 } as const] : await look_up(lookup, name);
    let all_private = true;
    for (const { address } of addresses) {
      const verdict = judge(address);
      if (!verdict.ok) {
        // the address itself stays unsaid: names of an inner network are not for whoever may set up a connection
        throw new ConnectorError('misconfigured', `${name} must not be reached: ${verdict.why}`, {
          fix: 'Correct the address; if the partner really is in a private network, list that network in POSTERN_ALLOW_PRIVATE_NETWORKS.',
        });
      }
      all_private &&= verdict.private;
    }
    return { addresses, private: all_private };
  };
}

async function look_up(lookup: Lookup, name: string): Promise<readonly Address[]> {
  let found: readonly Address[];
  try {
    found = await lookup(name);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new ConnectorError('unreachable', `${name} cannot be resolved${code}`, { cause: error });
  }
  if (found.length === 0) throw new ConnectorError('unreachable', `${name} has no address`);
  return found;
}

function few_at_a_time<Input, Output>(most: number, work: (input: Input) => Promise<Output>): (input: Input) => Promise<Output> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (input) => {
    if (running >= most) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    try {
      return await work(input);
    } finally {
      // whoever waits takes this place over
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
