import type { Schemas } from '../../../api/client.ts';
import { ask_raw } from '../../../api/raw.ts';

/** A tenants file as it lies on the disk. @throws Problem */
export async function send_tenants(verb: 'diff' | 'apply', file: File, prune: boolean): Promise<Schemas['TenantsChanges']> {
  // JSON is YAML
  const answer = await ask_raw('POST', `/api/v1/tenants/${verb}?prune=${String(prune)}`, { body: file, type: 'application/yaml' });
  return (await answer.json()) as Schemas['TenantsChanges']; // what the document says of it
}
