import type { Dialect } from './dialect.ts';
import { is_record, satisfies } from './filter/evaluate.ts';
import type { Filter } from './filter/filter.ts';
import { invalid_syntax, invalid_value, no_target } from './refusals.ts';
import type { Operation, PatchPath } from './patch/operations.ts';

/** What becomes of a group's members, as set arithmetic: nobody reads a list of 50 000 to change one of them. */
export interface MemberPlan {
  /** Whether those who are in stay, unless they are named. */
  readonly keep: boolean;
  readonly add: ReadonlySet<string>;
  readonly remove: ReadonlySet<string>;
}

export const MOST_MEMBERS = 100_000;

/** The people that a list of members names. Groups within groups are not known here. @throws InvalidInput invalidValue */
export function read_members(value: unknown, dialect: Dialect): string[] {
  if (value === null || value === undefined) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length > MOST_MEMBERS) throw invalid_value(`members has more than ${MOST_MEMBERS} values.`);
  return list.flatMap((one): string[] => {
    const fields = is_record(one) ? new Map(Object.entries(one).map(([name, part]) => [name.toLowerCase(), part])) : undefined;
    const id = fields?.get('value');
    if (typeof id !== 'string' || id === '' || id.length > 255)
      throw invalid_value('A member is an object with the id of a user as its `value`.');
    if (String(fields?.get('type')).toLowerCase() === 'group') {
      if (dialect.name === 'strict') throw invalid_value('Members are users: groups within groups are not supported.');
      return [];
    }
    return [id];
  });
}

/** Collects what operations on `members` mean together. `everyone` is asked only for what a plain id does not say. */
export class MemberOperations {
  private keep = true;
  private add = new Set<string>();
  private remove = new Set<string>();
  private readonly everyone: () => Promise<readonly string[]>;

  constructor(everyone: () => Promise<readonly string[]>) {
    this.everyone = everyone;
  }

  plan(): MemberPlan {
    return { keep: this.keep, add: this.add, remove: this.remove };
  }

  /** @throws InvalidInput */
  async apply({ op, value }: Operation, path: Pick<PatchPath, 'where' | 'sub'>, dialect: Dialect): Promise<void> {
    if (path.sub !== undefined && path.sub.name !== 'value') {
      if (op === 'remove') return; // what is said of a member is ours to say
      throw invalid_value('What can be said of a member is its `value` alone.');
    }
    if (op === 'remove') return this.take_out(value, path.where, dialect);
    if (path.where !== undefined) {
      // nothing of a member changes: it is there, or there is nothing to replace
      const chosen = ids_of(path.where) ?? (await this.chosen(path.where));
      if (op === 'add') this.put_in(chosen);
      else if ((await this.chosen(path.where)).length === 0) throw no_target('The path chooses no member.');
      return;
    }
    if (op === 'replace') this.clear();
    this.put_in(read_members(value, dialect));
  }

  /** All of them, and nobody else. */
  set(ids: readonly string[]): void {
    this.clear();
    this.put_in(ids);
  }

  private async take_out(value: unknown, where: Filter | undefined, dialect: Dialect): Promise<void> {
    const by_value = value !== undefined && value !== null;
    if (by_value && !dialect.remove_by_value) throw invalid_syntax('`remove` takes no value: choose members by a filter in the path.');
    if (where !== undefined) this.leave(ids_of(where) ?? (await this.chosen(where)));
    else if (by_value) this.leave(read_members(value, dialect));
    else this.clear();
  }

  private async chosen(where: Filter): Promise<string[]> {
    const present = new Set(this.keep ? await this.everyone() : []);
    for (const id of this.remove) present.delete(id);
    for (const id of this.add) present.add(id);
    return [...present].filter((id) => satisfies({ value: id, type: 'User' }, where));
  }

  private clear(): void {
    this.keep = false;
    this.add = new Set();
    this.remove = new Set();
  }

  private put_in(ids: readonly string[]): void {
    for (const id of ids) {
      this.remove.delete(id);
      this.add.add(id);
    }
  }

  private leave(ids: readonly string[]): void {
    for (const id of ids) {
      this.add.delete(id);
      if (this.keep) this.remove.add(id);
    }
  }
}

/** The ids that a filter names outright: `value eq "a"`, joined by `or`. */
function ids_of(where: Filter): string[] | undefined {
  if (where.kind === 'compare')
    return where.op === 'eq' && where.path.attribute?.name === 'value' && typeof where.value === 'string' ? [where.value] : undefined;
  if (where.kind !== 'or') return undefined;
  const parts = where.parts.map(ids_of);
  return parts.some((part) => part === undefined) ? undefined : parts.flatMap((part) => part ?? []);
}
