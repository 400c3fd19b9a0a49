/** Where in a SCIM resource a value stands: `title`, `name.givenName`, `emails[type eq "work"].value`, `urn:…:User:department`. */
export interface TargetPath {
  /** The schema's URN, of an extension. */
  readonly schema: string | null;
  readonly attribute: string;
  /** Of a multi-valued attribute: the `type` of the element. */
  readonly type: string | null;
  readonly sub: string | null;
}

const NAME = '[A-Za-z][A-Za-z0-9_-]{0,63}';
const PATH = new RegExp(
  `^(?:(urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:[A-Za-z0-9._:-]{1,200}):)?(${NAME})(?:\\[type eq "([A-Za-z0-9_-]{1,64})"\\])?(?:\\.(${NAME}))?$`,
);

/** What we say of a person ourselves, and what is the target's. */
const OURS: ReadonlySet<string> = new Set(['schemas', 'id', 'externalid', 'meta', 'active', 'groups', 'password', 'members']);

export function parse_target_path(text: string): TargetPath | undefined {
  const found = PATH.exec(text);
  if (found === null) return undefined;
  const [, schema = null, attribute = '', type = null, sub = null] = found;
  if (schema === null && OURS.has(attribute.toLowerCase())) return undefined;
  // an element without the name of its value says nothing
  if (type !== null && sub === null) return undefined;
  return { schema, attribute, type, sub };
}
