import type { GuideValues } from './guide.ts';

const PLACEHOLDER = /\{([a-z_]+)\}/g;

/** Our values in the place of their names. What this connection does not have, and what is no name of ours, stays as it is written. */
export const fill = (text: string, values: Partial<GuideValues>): string =>
  text.replaceAll(PLACEHOLDER, (all, name: string) => {
    const found = new Map<string, string | undefined>(Object.entries(values)).get(name);
    return found === undefined || found === '' ? all : found;
  });

/** The names that stand in a text. */
export const placeholders = (text: string): string[] => [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
