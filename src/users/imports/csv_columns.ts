import type { FieldProblem } from '../../kernel/index.ts';

/** Where the cells of one column go. */
export interface Column {
  readonly field: string;
  readonly outer: string;
  /** Of `attributes.department`: department. */
  readonly inner?: string;
}

const TEXTS = new Set(['user_name', 'email', 'given_name', 'family_name', 'display_name', 'external_id']);
const LISTS = new Set(['groups', 'roles']);

/** `user_name`, `active`, `groups`, `attributes.department`, `identities.con_…`; undefined for anything else. */
export function column_of(name: string): Column | undefined {
  const lower = name.toLowerCase();
  if (TEXTS.has(lower) || LISTS.has(lower) || lower === 'active') return { field: lower, outer: lower };
  const [, outer = '', inner = ''] = /^(attributes|identities)\.(.{1,200})$/i.exec(name) ?? [];
  return inner === '' ? undefined : { field: `${outer.toLowerCase()}.${inner}`, outer: outer.toLowerCase(), inner };
}

/** What a cell that is not empty says. Lists are parted by semicolons or lines. */
export function value_of({ field, inner }: Column, cell: string): unknown {
  if (inner !== undefined || TEXTS.has(field)) return cell;
  if (LISTS.has(field))
    return cell
      .split(/[;\n]/)
      .map((part) => part.trim())
      .filter((part) => part !== '');
  const said = cell.trim().toLowerCase();
  return said === 'true' ? true : said === 'false' ? false : ({ path: field, message: 'must be true or false' } satisfies FieldProblem);
}
