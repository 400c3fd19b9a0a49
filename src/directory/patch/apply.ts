import type { Dialect } from '../dialect.ts';
import { is_record } from '../filter/evaluate.ts';
import { invalid_syntax, invalid_value, mutability, quoted } from '../refusals.ts';
import { is_writable, read_value } from '../read_value.ts';
import { find_of, type Resource, type ResourceType } from '../schema/index.ts';
import { change_elements, same } from './elements.ts';
import { type Operation, type PatchPath, take_apart, type Target } from './operations.ts';

/**
 * Applies operations in their order to a resource, which is changed. Whoever calls keeps it only when all of them succeeded.
 * `current` has the parts that only the server sets, for clients that send back what they read.
 * @throws InvalidInput invalidPath | invalidValue | noTarget | mutability
 */
export function apply_operations(
  type: ResourceType,
  resource: Resource,
  operations: readonly Operation[],
  current: Resource,
  dialect: Dialect,
): void {
  for (const operation of operations) {
    if (operation.path !== undefined) apply_to_path(type, resource, operation, operation.path, current, dialect);
    else
      for (const one of take_apart(type, operation, dialect)) {
        const attribute = one.path?.attribute;
        const passed_over = attribute?.mutability === 'readOnly' && dialect.ignore_read_only;
        if (one.path !== undefined && !passed_over) apply_to_path(type, resource, one, one.path, current, dialect);
      }
  }
}

function apply_to_path(
  type: ResourceType,
  resource: Resource,
  operation: Operation,
  path: PatchPath,
  current: Resource,
  dialect: Dialect,
): void {
  const { attribute, extension } = path;
  if (attribute === undefined) return apply_to_extension(type, resource, operation, path, current, dialect);
  if (attribute.name === 'schemas' || attribute.mutability === 'writeOnly') return; // ours; and passwords are forgotten
  if (!is_writable(attribute) || path.sub?.mutability === 'readOnly') {
    // who sends back what was read changes nothing
    if (operation.op === 'remove' || !same(operation.value, current[attribute.name]))
      throw mutability(`${quoted(path.text)} is read-only.`);
    return;
  }
  const container = extension === undefined ? resource : part_of(resource, extension);
  change(container, operation, { ...path, attribute }, dialect);
  if (extension !== undefined && Object.keys(container).length === 0) Reflect.deleteProperty(resource, extension);
}

function change(container: Resource, { op, value }: Operation, path: Target, dialect: Dialect): void {
  const { attribute, sub } = path;
  if (attribute.multi) return change_elements(container, op, value, path, dialect);
  if (op === 'remove' && value !== undefined && value !== null && !dialect.remove_by_value)
    throw invalid_syntax('`remove` takes no value.');
  if (sub !== undefined) {
    const inner = { ...(container[attribute.name] as Resource | undefined) }; // a complex attribute is an object
    set(inner, sub.name, op === 'remove' ? undefined : read_value(sub, value, path.text, dialect));
    return set(container, attribute.name, Object.keys(inner).length === 0 ? undefined : inner);
  }
  if (op === 'remove') {
    if (attribute.required) throw mutability(`${attribute.name} is required.`);
    return set(container, attribute.name, undefined);
  }
  const read = read_value(attribute, value, path.text, dialect);
  if (attribute.type !== 'complex' || read === undefined) return set(container, attribute.name, read);
  // the parts that are named are set, the others stay (RFC 7644 sections 3.5.2.1 and 3.5.2.3)
  const merged: Resource = { ...(container[attribute.name] as Resource | undefined), ...(read as Resource) }; // both are objects of this attribute
  if (is_record(value)) for (const [name, one] of Object.entries(value)) if (one === null) delete_any_case(merged, name);
  set(container, attribute.name, Object.keys(merged).length === 0 ? undefined : merged);
}

function apply_to_extension(
  type: ResourceType,
  resource: Resource,
  { op, value }: Operation,
  path: PatchPath,
  current: Resource,
  dialect: Dialect,
): void {
  const schema = type.extensions.find((one) => one.id === path.extension);
  if (schema === undefined) return;
  if (op === 'remove') {
    Reflect.deleteProperty(resource, schema.id);
    return;
  }
  if (!is_record(value)) throw invalid_value(`${schema.id} is an object.`);
  for (const [name, one] of Object.entries(value)) {
    const attribute = find_of(schema, name);
    if (attribute === undefined) continue;
    const inner: PatchPath = { extension: schema.id, attribute, sub: undefined, where: undefined, text: name };
    apply_to_path(type, resource, { op, path: inner, value: one }, inner, current, dialect);
  }
}

function part_of(resource: Resource, extension: string): Resource {
  const known = resource[extension];
  if (is_record(known)) return known;
  const made: Resource = {};
  resource[extension] = made;
  return made;
}

export function set(container: Resource, name: string, value: unknown): void {
  if (value === undefined) Reflect.deleteProperty(container, name);
  else container[name] = value;
}

function delete_any_case(container: Resource, name: string): void {
  for (const key of Object.keys(container)) if (key.toLowerCase() === name.toLowerCase()) Reflect.deleteProperty(container, key);
}
