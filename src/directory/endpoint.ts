import type { Client } from './deps.ts';
import type { Projection } from './project.ts';
import type { Parameters } from './query.ts';
import type { Found } from './list.ts';
import type { Resource, ResourceType } from './schema/index.ts';

/** What a change must find: undefined, or one of these versions. */
export type Precondition = readonly number[] | undefined;

export interface Shown {
  readonly id: string;
  readonly etag: string;
  readonly resource: Resource;
}

/** What can be done with the resources of one type, for one client. Every change is one unit of work. */
export interface Endpoint {
  readonly type: ResourceType;
  /** Whether a PATCH answers with the resource even when nobody asked for it. */
  readonly patch_shows: boolean;
  /** @throws InvalidInput */
  list(client: Client, parameters: Parameters): Promise<Found>;
  /** @throws NotFound */
  get(client: Client, id: string, projection: Projection): Promise<Shown>;
  /** @throws InvalidInput | Conflict `uniqueness` */
  create(client: Client, body: unknown, projection: Projection): Promise<Shown>;
  /** @throws InvalidInput | NotFound | Forbidden | Conflict */
  replace(client: Client, id: string, body: unknown, versions: Precondition, projection: Projection): Promise<Shown>;
  /** @throws InvalidInput | NotFound | Forbidden | Conflict */
  patch(client: Client, id: string, body: unknown, versions: Precondition, projection: Projection): Promise<Shown>;
  /** @throws NotFound | Forbidden | Conflict 412 */
  remove(client: Client, id: string, versions: Precondition): Promise<void>;
}
