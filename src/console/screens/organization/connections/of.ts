import type { Schemas } from '../../../api/client.ts';

/** What a part of the screen of a connection is about. */
export interface Of {
  readonly organization_id: string;
  readonly connection: Schemas['Connection'];
  readonly etag: string;
}
