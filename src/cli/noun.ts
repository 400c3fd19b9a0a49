import type { z } from 'zod';
import type { OrgId } from '../kernel/index.ts';
import type { Collection } from '../organizations/index.ts';
import type { Postern } from '../wiring.ts';

export type Verb = 'create' | 'list' | 'get' | 'update' | 'delete';

/** One kind of thing that the command can create, list, get, update and delete: a row of the table in nouns.ts. */
interface Described {
  /** The word on the command line. */
  readonly name: string;
  /** In sentences, where the word is another. */
  readonly one?: string;
  readonly many: string;
  readonly summary: string;
  readonly verbs: readonly Verb[];
  /** The field of a view that is its id. */
  readonly id: string;
  /** Fields by which a thing may be named instead of by its id, each unique or asked to be. */
  readonly names: readonly string[];
  /** Where a list can be very long: the filter that finds a thing by its name. */
  readonly filter_for?: (name: string) => Readonly<Record<string, string>>;
  /** What a table shows. */
  readonly columns: readonly string[];
  /** Query parameters of the list, with what they do. */
  readonly filters: Readonly<Record<string, string>>;
  readonly create?: z.ZodType;
  readonly patch?: z.ZodType;
  /** Fields whose form the body's schema leaves to others. */
  readonly known_fields?: Readonly<Record<string, 'text' | 'list'>>;
  readonly example?: string;
  /** A note beside what was created. */
  readonly created_note?: string;
}

/** The things of one organization, or of the installation. */
export type Noun = Described &
  (
    | { readonly of_organization: true; readonly collection: (postern: Postern, org_id: OrgId) => Things }
    | { readonly of_organization: false; readonly collection: (postern: Postern) => Things }
  );

export type Things = Collection<object, object>;
