import { z } from 'zod';
import type { Storage } from '../../storage/index.ts';

/** An app's secret, and for a while after a change the one before. Times in epoch milliseconds. */
export interface ClientSecrets {
  readonly current: string;
  readonly previous?: { readonly secret: string; readonly until: number } | undefined;
}

/** Where a client secret is sealed. */
export const client_secret_context = (client_id: string): string => `client/${client_id}/secret`;

const both = z.object({ current: z.string(), previous: z.object({ secret: z.string(), until: z.number() }).optional() });

type Seal = Storage['seal'];

/** One is sealed as it is; two together, as JSON. */
export function seal_secrets(seal: Seal, client_id: string, { current, previous }: ClientSecrets): string {
  return seal.seal(previous === undefined ? current : JSON.stringify({ current, previous }), client_secret_context(client_id));
}

/** Secrets are base64url: none begins like JSON. */
export function open_secrets(seal: Seal, client_id: string, sealed: string): ClientSecrets {
  const text = seal.open(sealed, client_secret_context(client_id));
  return text.startsWith('{') ? both.parse(JSON.parse(text)) : { current: text };
}
