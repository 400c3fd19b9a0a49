import type { Act } from '../audit/index.ts';

/** One thing as the API shows it, with the version that its ETag is made of. */
export interface Shown<View> {
  readonly view: View;
  readonly version: number;
}

/** One page of a list; `next` is null on the last. */
export interface Listed<View> {
  readonly data: readonly View[];
  readonly next: string | null;
}

export interface ListRequest {
  /** 1 to 1000, default 50. */
  readonly limit?: number | undefined;
  /** The `next` of the page before. */
  readonly after?: string | undefined;
  /** What the collection's own query parameters say, by name; unknown ones are refused by whoever parses the request. */
  readonly filters?: Readonly<Record<string, string>> | undefined;
}

/**
 * What the admin API, the command, `apply` and set-up links all call: bodies come as they were sent and are parsed here, every wrong field reported at once.
 * An id that is absent or another organization's is the same NotFound. Every change is recorded in the unit of work that makes it.
 */
export interface Collection<View, Created extends View = View> {
  /** @throws InvalidInput 422 | Conflict 409 | Forbidden */
  create(body: unknown, act: Act): Promise<Shown<Created>>;
  /** @throws InvalidInput for a cursor that is not ours */
  list(request: ListRequest): Promise<Listed<View>>;
  /** @throws NotFound */
  get(id: string): Promise<Shown<View>>;
  /** RFC 7396. `if_match`: the version that the caller has seen. @throws NotFound | InvalidInput 422 | Conflict 409, 412 | Forbidden. Absent where nothing can change. */
  update?(id: string, patch: unknown, act: Act, if_match?: number): Promise<Shown<View>>;
  /** @throws NotFound | Conflict 412 */
  remove(id: string, act: Act, if_match?: number): Promise<void>;
}
