/** Counting many is dear, and whoever reads page after page asks again and again. */
export interface Counts {
  /** How many there are, as of two seconds ago at most where they are many. */
  of(org_id: string, query: string, count: () => Promise<number>): Promise<number>;
  /** Something changed here. */
  forget(org_id: string): void;
}

const MANY = 10_000;
const REMEMBERED_MS = 2000;
const MOST = 1000;

export function remembered_counts(now: () => number): Counts {
  const known = new Map<string, Map<string, { readonly total: number; readonly until: number }>>();
  return {
    async of(org_id, query, count) {
      const found = known.get(org_id)?.get(query);
      if (found !== undefined && found.until > now()) return found.total;
      const of_organization = known.get(org_id) ?? new Map<string, { total: number; until: number }>();
      if (found === undefined) known.set(org_id, of_organization);
      const total = await count();
      // what was forgotten meanwhile was counted too early
      if (total < MANY || known.get(org_id) !== of_organization) return total;
      if (known.size > MOST || of_organization.size > MOST) known.clear();
      else of_organization.set(query, { total, until: now() + REMEMBERED_MS });
      return total;
    },
    forget: (org_id) => void known.delete(org_id),
  };
}
