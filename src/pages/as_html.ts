import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

/**
 * A document as text. React writes some attributes as its properties are called (`autoComplete`); here they are called as HTML calls
 * them, for whoever reads a page letter by letter.
 */
export function as_html(page: ReactNode): string {
  const markup = renderToStaticMarkup(page).replace(OPENING_TAG, (tag) => tag.replace(CAMEL_CASE_NAME, (name) => name.toLowerCase()));
  return `<!doctype html>${markup}`;
}

/** React escapes < and > in values, so nothing else looks like a tag. */
const OPENING_TAG = /<[a-z][^<>]*>/g;
/** `viewBox` is called so in SVG. A value cannot end in such a name: React escapes quotes. */
const CAMEL_CASE_NAME = / (?!viewBox=)[a-z]+[A-Z][A-Za-z]*(?==")/g;
