import type { AttributePath } from '../attribute_path.ts';

export const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Comparison {
  readonly kind: 'compare';
  /** Of a complex attribute with a `value`, that is what is compared. */
  readonly path: AttributePath;
  readonly op: Operator;
  readonly value: string | boolean | null;
}

/** A filter whose names are known and whose values fit them. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | { readonly kind: 'present'; readonly path: AttributePath }
  /** One element for which all of it holds. */
  | { readonly kind: 'element'; readonly path: AttributePath; readonly where: Filter }
  | Comparison;
