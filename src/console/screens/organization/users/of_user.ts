import type { Schemas } from '../../../api/client.ts';

/** Whom a part of the screen of a person is about. */
export interface OfUser {
  readonly organization_id: string;
  readonly user: Schemas['User'];
  readonly etag: string;
}
