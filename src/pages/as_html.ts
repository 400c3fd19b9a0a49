import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

/**
 * A document as text. React writes some attributes as its properties are called (`autoComplete`); here they are called as HTML calls
 * them, for whoever reads a page letter by letter.
 */
export function as_html(page: ReactNode): string {
  const markup = renderToStaticMarkup(page).replace(OPENING_TAG, (tag) =>
    tag.replace(ATTRIBUTE, (_whole, name: string, value: string) => ` ${name === 'viewBox' ? name : name.toLowerCase()}${value}`),
  );
  return `<!doctype html>${markup}`;
}

/** React escapes < and > in values, so nothing else looks like a tag. */
const OPENING_TAG = /<[a-z][^<>]*>/g;
/** Taken with its value, in which words may look like a name; React escapes quotes there. `viewBox` is called so in SVG. */
const ATTRIBUTE = / ([^\s=>"/]+)(="[^"]*")/g;
