import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Person } from '../people.ts';
import type { Switches } from '../switches.ts';
import type { SigningKey } from './keys.ts';
import { read_sp_metadata, type ServiceProvider } from './requests.ts';
import type { Sessions } from './sessions.ts';

/** Everything that the mock is while it runs. */
export interface Idp {
  readonly url: string;
  readonly entity_id: string;
  readonly key: SigningKey;
  readonly other_key: SigningKey;
  readonly people: readonly Person[];
  readonly switches: Switches;
  readonly now: () => number;
  readonly sign: 'assertion' | 'response' | 'both';
  readonly name_id_format: string | undefined;
  readonly sp_metadata_url: string | undefined;
  readonly auto: boolean;
  readonly sessions: Sessions;
  /** The last response to each application, for the switch `replay`. */
  readonly last: Map<string, string>;
}

/** One request to the mock, its parameters read. */
export interface Exchange {
  readonly idp: Idp;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly fields: URLSearchParams;
}

/** The application's metadata: where the mock was told that it is, else at its entity id. */
export async function service_provider(idp: Idp, entity_id: string | undefined): Promise<ServiceProvider | undefined> {
  for (const url of [idp.sp_metadata_url, entity_id]) {
    if (url === undefined || !/^https?:/.test(url)) continue;
    try {
      const found = read_sp_metadata(await (await fetch(url)).text());
      if (found !== undefined) return found;
    } catch {
      // the next one may answer
    }
  }
  return undefined;
}
