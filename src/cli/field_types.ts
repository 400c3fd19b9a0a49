import { z } from 'zod';

/** What the field at a path takes, as far as is known. */
export type FieldTypes = (path: string) => 'text' | 'list' | 'object' | 'other' | undefined;

export interface FieldDoc {
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
}

interface Shape {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
  readonly enum?: readonly (string | number | boolean | null)[];
  readonly const?: string | number | boolean | null;
  readonly required?: readonly string[];
}

/** Reads a body's schema; `known` adds what a schema leaves to others (the settings of a protocol). */
export function field_types(schema: z.ZodType | undefined, known: Readonly<Record<string, 'text' | 'list'>> = {}): FieldTypes {
  const shape = schema === undefined ? undefined : shape_of(schema);
  return (path) => {
    const said = Object.hasOwn(known, path) ? known[path] : undefined;
    if (said !== undefined || shape === undefined) return said;
    const kinds = path
      .split('.')
      .reduce<Shape[]>((shapes, name) => shapes.flatMap((one) => inside(one, name)), [shape])
      .flatMap(kinds_of);
    if (kinds.length === 0) return undefined;
    if (kinds.includes('list')) return 'list';
    if (kinds.every((kind) => kind === 'text')) return 'text';
    return kinds.includes('object') ? 'object' : 'other';
  };
}

/** Every field of a body, for `--help` and the reference. */
export function field_docs(schema: z.ZodType | undefined): FieldDoc[] {
  if (schema === undefined) return [];
  const docs = new Map<string, FieldDoc>();
  for (const shape of alternatives(shape_of(schema))) {
    for (const [name, one] of Object.entries(shape.properties ?? {})) {
      const required = shape.required?.includes(name) === true;
      docs.set(name, { path: name, type: describe(one), required });
    }
  }
  return [...docs.values()];
}

const shape_of = (schema: z.ZodType): Shape => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Shape; // the parts of JSON Schema that are looked at

const alternatives = (shape: Shape): Shape[] => {
  const inner = [...(shape.anyOf ?? []), ...(shape.oneOf ?? []), ...(shape.allOf ?? [])];
  return inner.length === 0 ? [shape] : [shape, ...inner.flatMap(alternatives)];
};

function inside(shape: Shape, name: string): Shape[] {
  return alternatives(shape).flatMap((one) => {
    const property = one.properties !== undefined && Object.hasOwn(one.properties, name) ? one.properties[name] : undefined;
    if (property !== undefined) return [property];
    return typeof one.additionalProperties === 'object' ? [one.additionalProperties] : [];
  });
}

function kinds_of(shape: Shape): ('text' | 'list' | 'object' | 'other')[] {
  return alternatives(shape).flatMap((one) => {
    const types =
      one.type === undefined ? (one.enum ?? (one.const === undefined ? [] : [one.const])).map((value) => typeof value) : [one.type].flat();
    return types.flatMap((type) => {
      if (type === 'null') return [];
      if (type === 'string') return ['text' as const];
      if (type === 'array') return ['list' as const];
      return type === 'object' ? ['object' as const] : ['other' as const];
    });
  });
}

function describe(shape: Shape): string {
  const said = alternatives(shape).flatMap((one) => {
    if (one.enum !== undefined) return one.enum.map(String);
    if (one.const !== undefined) return [String(one.const)];
    if (one.type === 'array') return [`list of ${one.items === undefined ? 'values' : describe(one.items)}`];
    return [one.type ?? []].flat().map((type) => (type === 'string' ? 'text' : type));
  });
  return [...new Set(said.filter((type) => type !== 'null'))].join(' | ') || 'any';
}
