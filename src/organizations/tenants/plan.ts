import type { Act } from '../../audit/index.ts';
import type { FieldProblem } from '../../kernel/index.ts';
import type { Collection } from '../collection.ts';
import { type Difference, differences, KEPT, secrets_in, without } from './difference.ts';

export type Item = Readonly<Record<string, unknown>>;
export type Items = Collection<object, object>;

/** One change that brings the configuration nearer to the file. */
export interface Step {
  readonly action: 'create' | 'update' | 'remove';
  readonly kind: string;
  /** Whose and which: `acme / Acme Okta`. */
  readonly name: string;
  /** Where in the file, for mistakes that only the change itself finds. */
  readonly path: string;
  readonly differences: readonly Difference[];
  /** Answers what is shown once, such as the secret of a new app. */
  perform(act: Act): Promise<Readonly<Record<string, string>>>;
}

/** One collection beside what the file says of it. */
export interface Side {
  readonly kind: string;
  /** What a name is prefixed with: the organization's slug. */
  readonly within?: string;
  readonly wanted: readonly { readonly path: string; readonly body: Item }[];
  /** As the collection lists them; ids replaced by names where the file has names. */
  readonly present: readonly Item[];
  /** The field of a view that is its id. */
  readonly id: string;
  key(item: Item): string;
  label(item: Item): string;
  /** The collection, once it exists: that of a new organization does not, before the organization does. */
  items(): Items;
  /** Whether the stored secret at a path is this one. */
  holds?(id: string, path: string, value: string): Promise<boolean>;
  /** Every mistake that can be seen beforehand; `there` is what the body changes. */
  check(body: Item, there: Item | undefined): readonly FieldProblem[] | Promise<readonly FieldProblem[]>;
  /** Called with the view of what was created. */
  created?(view: Item, body: Item): void;
  /** Whether such a change is none that can be made: then the thing is made anew. */
  replace?(changes: readonly Difference[]): boolean;
  /** How, where it is more than to remove the one and make the other. */
  remake?(id: string, body: Item, act: Act): ReturnType<Items['create']>;
}

export interface Planned {
  readonly writes: readonly Step[];
  /** What the file does not name; only told, unless pruning. */
  readonly removals: readonly Step[];
  readonly problems: readonly FieldProblem[];
}

/** What must be created, changed and, when pruning, removed, so that the collection is what the file says. */
export async function plan(side: Side): Promise<Planned> {
  const problems: FieldProblem[] = [];
  const present = new Map(side.present.map((view) => [side.key(view), view]));
  const seen = new Set<string>();
  const writes: Step[] = [];
  for (const { path, body } of side.wanted) {
    const key = side.key(body);
    if (seen.has(key)) problems.push({ path, message: `is in the file twice (${side.label(body)})` });
    seen.add(key);
    const there = present.get(key);
    const step = there === undefined ? await to_create(side, path, body, problems) : await to_update(side, path, body, there, problems);
    if (step !== undefined) writes.push(step);
  }
  const removals = side.present.filter((view) => !seen.has(side.key(view))).map((view) => to_remove(side, view));
  return { writes, removals, problems };
}

const name_of = (side: Side, item: Item): string => (side.within === undefined ? '' : `${side.within} / `) + side.label(item);

async function to_create(side: Side, path: string, body: Item, problems: FieldProblem[]): Promise<Step> {
  problems.push(...(await checked(side, path, body, undefined)));
  return {
    action: 'create',
    kind: side.kind,
    name: name_of(side, body),
    path,
    differences: differences(undefined, body),
    async perform(act) {
      const view = fields_of((await side.items().create(body, act)).view);
      side.created?.(view, body);
      return shown_once(view);
    },
  };
}

async function to_update(side: Side, path: string, body: Item, there: Item, problems: FieldProblem[]): Promise<Step | undefined> {
  const id = String(there[side.id]);
  const fresh: { readonly path: string }[] = [];
  let wanted: Item = body;
  for (const secret of secrets_in(body)) {
    const kept = secret.value === KEPT;
    if (kept) wanted = without(wanted, secret.path);
    // it reads back as "***": whether it is another is for the room to say
    else if ((await side.holds?.(id, secret.path, secret.value)) !== true) fresh.push(secret);
  }
  const open = secrets_in(wanted).reduce((rest, { path: where }) => without(rest, where), wanted);
  const changes = [...differences(there, open), ...fresh.map(({ path: where }) => ({ path: where, before: KEPT, after: KEPT }))];
  if (changes.length === 0) return undefined;
  problems.push(...(await checked(side, path, wanted, there)));
  return {
    action: 'update',
    kind: side.kind,
    name: name_of(side, body),
    path,
    differences: changes,
    async perform(act) {
      const items = side.items();
      if (side.replace?.(changes) === true || items.update === undefined)
        return shown_once(fields_of((await (side.remake ?? remade(items))(id, wanted, act)).view));
      await items.update(id, wanted, act);
      return {};
    },
  };
}

const remade =
  (items: Items): NonNullable<Side['remake']> =>
  async (id, body, act) => {
    await items.remove(id, act);
    return items.create(body, act);
  };

function to_remove(side: Side, view: Item): Step {
  return {
    action: 'remove',
    kind: side.kind,
    name: name_of(side, view),
    path: '',
    differences: [],
    async perform(act) {
      await side.items().remove(String(view[side.id]), act);
      return {};
    },
  };
}

async function checked(side: Side, path: string, body: Item, there: Item | undefined): Promise<FieldProblem[]> {
  const problems = await side.check(body, there);
  return problems.map((problem) => ({ ...problem, path: problem.path === '' ? path : `${path}.${problem.path}` }));
}

function shown_once(view: Item): Record<string, string> {
  const made = ['client_secret', 'token'].map((name) => [name, view[name]] as const);
  return Object.fromEntries(made.filter((one): one is [string, string] => typeof one[1] === 'string' && one[1] !== KEPT));
}

export const fields_of = (view: object): Item => view as Item; // views are plain objects
