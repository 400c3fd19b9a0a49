/** How much of a document is read before it is refused. Every cap is checked while reading, so cost stops where the cap is met. */
export interface Caps {
  /** UTF-16 units of the text. */
  readonly length: number;
  readonly elements: number;
  /** In the whole document, namespace declarations included. */
  readonly attributes: number;
  readonly depth: number;
  /** Namespace declarations in scope at one place, shadowed ones included. */
  readonly namespaces: number;
  /** UTF-16 units of a canonical form: a namespace declared once may have to be written at every element that uses it. */
  readonly canonical: number;
}

/** A protocol message: 2,000 attribute values with their wrappers pass with room to spare. */
export const MESSAGE_CAPS: Caps = {
  length: 400_000,
  elements: 10_000,
  attributes: 40_000,
  depth: 40,
  namespaces: 120,
  canonical: 1_600_000,
};

/** A metadata document: a whole federation's aggregate is out of reach on purpose, a large organization's is not. */
export const METADATA_CAPS: Caps = {
  length: 4_000_000,
  elements: 60_000,
  attributes: 200_000,
  depth: 40,
  namespaces: 120,
  canonical: 12_000_000,
};
