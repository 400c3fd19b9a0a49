/** Statements stay below the parameter limits of both databases. */
const BATCH = 400;

export const batches = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) => items.slice(index * BATCH, (index + 1) * BATCH));

export const marks = (items: readonly unknown[]): string => items.map(() => '?').join(', ');
