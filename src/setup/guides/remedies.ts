import { fill } from './fill.ts';
import type { Guide, GuideValues } from './guide.ts';

/**
 * What to change, where, in the vendor's own words, when a check of a test is crossed: every mistake of the guide that crosses it.
 * `values`: what stands for our addresses in the text; without them their names stay.
 */
export function remedies(
  guide: Guide,
  check: string,
  values: Partial<GuideValues> = {},
): { readonly mistake: string; readonly remedy: string }[] {
  // a check that was made more than once is numbered: `clock (2)`
  const name = check.replace(/ \(\d+\)$/, '');
  return guide.mistakes
    .filter(({ checks }) => checks?.some((one) => one === name) === true)
    .map(({ mistake, remedy }) => ({ mistake: fill(mistake, values), remedy: fill(remedy, values) }));
}
