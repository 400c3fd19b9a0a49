import { InvalidInput } from '../kernel/index.ts';
import type { Client } from './deps.ts';
import type { Endpoint } from './endpoint.ts';
import type { Found } from './list.ts';
import { DEFAULT_PAGE, LARGEST_PAGE, type Parameters } from './query.ts';
import { invalid_cursor } from './refusals.ts';
import type { Resource } from './schema/index.ts';

/**
 * A query over every type of resource (RFC 7644 section 3.4.2.1), one type after the other. A filter or order that one type cannot have finds nothing there.
 * @throws InvalidInput
 */
export async function search_everywhere(endpoints: readonly Endpoint[], client: Client, parameters: Parameters): Promise<Found> {
  if (parameters.cursor !== undefined) throw invalid_cursor();
  const count = Math.min(Math.max(parameters.count ?? DEFAULT_PAGE, 0), LARGEST_PAGE);
  let skip = Math.max(parameters.start_index ?? 1, 1) - 1;
  let total = 0;
  let refused: unknown;
  let answered = 0;
  const resources: Resource[] = [];
  for (const endpoint of endpoints) {
    try {
      const found = await endpoint.list(client, { ...parameters, start_index: skip + 1, count: count - resources.length });
      resources.push(...found.resources);
      total += found.total;
      skip = Math.max(0, skip - found.total);
      answered += 1;
    } catch (error) {
      if (!(error instanceof InvalidInput) || (error.code !== 'invalidFilter' && error.code !== 'invalidPath')) throw error;
      refused = error;
    }
  }
  if (answered === 0) throw refused;
  return { total, resources, next: undefined };
}
