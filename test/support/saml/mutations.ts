import * as fc from 'fast-check';
import { ATTACKER, VICTIM } from './forge.ts';

/** A document as nested tags: read simply, because what is read here was written by the tests themselves. */
interface Tag {
  open: string;
  children: (Tag | string)[];
}

function read(xml: string): Tag {
  const root: Tag = { open: '', children: [] };
  const stack = [root];
  for (const [token] of xml.matchAll(/<[^>]*>|[^<]+/g)) {
    const top = stack.at(-1) ?? root;
    if (token.startsWith('</')) stack.pop();
    else if (!token.startsWith('<')) top.children.push(token);
    else {
      const tag: Tag = { open: token.replace(/\/>$/, '>').slice(1, -1), children: [] };
      top.children.push(tag);
      if (!token.endsWith('/>')) stack.push(tag);
    }
  }
  return root;
}

function write(node: Tag | string): string {
  if (typeof node === 'string') return node;
  const inside = node.children.map(write).join('');
  return node.open === '' ? inside : `<${node.open}>${inside}</${/^[^\s]+/.exec(node.open)?.[0] ?? ''}>`;
}

function tags_of(node: Tag, found: Tag[] = []): Tag[] {
  for (const child of node.children) {
    if (typeof child === 'string') continue;
    found.push(child);
    tags_of(child, found);
  }
  return found;
}

const parent_of = (root: Tag, tag: Tag): Tag => [root, ...tags_of(root)].find(({ children }) => children.includes(tag)) ?? root;
const copy = (tag: Tag): Tag => structuredClone(tag);

export interface Mutation {
  readonly kind: string;
  readonly a: number;
  readonly b: number;
  readonly text: string;
}

const TREE = [
  'remove',
  'duplicate',
  'move_into',
  'move_before',
  'replace',
  'swap',
  'wrap',
  'unwrap',
  'text',
  'victim_copy',
  'id',
  'attribute',
  'namespace',
  'comment',
];
const BYTES = ['flip', 'delete', 'insert', 'repeat', 'victim', 'splice'];

/** Snippets that have hurt other verifiers. */
const SNIPPETS = [
  '<!---->',
  '<![CDATA[]]>',
  '<?p x?>',
  '&#x41;',
  '&amp;',
  '<x/>',
  ' ID="_assertion1"',
  ' Id="_assertion1"',
  ' xmlns="urn:x"',
  ' xmlns:saml="urn:x"',
  VICTIM,
  '\u0000',
  '\ufeff',
  '\r',
  '&#13;',
  '<!DOCTYPE x>',
  ']]>',
  '"',
  "'",
  '<',
  '>',
  '=',
  ' ',
];

export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...TREE, ...BYTES),
    a: fc.nat(100_000),
    b: fc.nat(100_000),
    text: fc.oneof(fc.constantFrom(...SNIPPETS), fc.string({ maxLength: 12, unit: 'binary' })),
  }),
  { minLength: 1, maxLength: 4 },
);

function mutate_tree(xml: string, { kind, a, b, text }: Mutation): string {
  const root = read(xml);
  const tags = tags_of(root);
  const one = tags[a % tags.length];
  const other = tags[b % tags.length];
  if (one === undefined || other === undefined) return xml;
  const home = parent_of(root, one);
  const at = home.children.indexOf(one);
  const there = parent_of(root, other);
  switch (kind) {
    case 'remove':
      home.children.splice(at, 1);
      break;
    case 'duplicate':
      there.children.splice(there.children.indexOf(other), 0, copy(one));
      break;
    case 'move_into':
      if (tags_of(one).includes(other) || one === other) return xml;
      home.children.splice(at, 1);
      other.children.push(one);
      break;
    case 'move_before':
      if (tags_of(one).includes(other) || one === other) return xml;
      home.children.splice(at, 1);
      there.children.splice(there.children.indexOf(other), 0, one);
      break;
    case 'replace':
      home.children[at] = copy(other);
      break;
    case 'swap': {
      const [left, right] = [copy(one), copy(other)];
      there.children[there.children.indexOf(other)] = left;
      home.children[at] = right;
      break;
    }
    case 'wrap':
      home.children[at] = { open: other.open, children: [one] };
      break;
    case 'unwrap':
      home.children.splice(at, 1, ...one.children);
      break;
    case 'text':
      one.children = [text];
      break;
    case 'victim_copy':
      // a twin about the victim, unsigned, beside, before or inside the honest one
      there.children.splice(
        there.children.indexOf(other) + (a % 2),
        0,
        ...read(
          write(one)
            .replaceAll(ATTACKER, VICTIM)
            .replace(/<ds:Signature .*?<\/ds:Signature>/s, ''),
        ).children,
      );
      break;
    case 'id':
      one.open = one.open.replace(/ ID="[^"]*"/, '') + (b % 2 === 0 ? ' ID="_assertion1"' : ' ID="_evil"');
      break;
    case 'attribute':
      one.open += ` ${/^[a-zA-Z]+$/.test(text) ? text : 'x'}="${VICTIM}"`;
      break;
    case 'namespace':
      one.open = one.open.replace(/xmlns(:\w+)?="[^"]*"/, `xmlns$1="urn:${b}"`);
      break;
    case 'comment':
      one.children.splice(b % (one.children.length + 1), 0, '<!-- c -->');
      break;
  }
  return write(root);
}

function mutate_bytes(xml: string, { kind, a, b, text }: Mutation): string {
  const at = a % xml.length;
  const length = 1 + (b % 40);
  switch (kind) {
    case 'flip':
      return xml.slice(0, at) + String.fromCharCode(xml.charCodeAt(at) ^ (1 << (b % 7))) + xml.slice(at + 1);
    case 'delete':
      return xml.slice(0, at) + xml.slice(at + length);
    case 'repeat':
      return xml.slice(0, at + length) + xml.slice(at);
    case 'victim':
      return xml.replaceAll(ATTACKER, VICTIM);
    case 'splice': {
      const from = b % xml.length;
      return xml.slice(0, at) + xml.slice(from, from + 400) + xml.slice(at);
    }
    default:
      return xml.slice(0, at) + text + xml.slice(at);
  }
}

export function mutate(xml: string, list: readonly Mutation[]): string {
  return list.reduce(
    (text, mutation) => (text === '' ? text : TREE.includes(mutation.kind) ? mutate_tree(text, mutation) : mutate_bytes(text, mutation)),
    xml,
  );
}
