import { connectors, floors, packages, rooms } from './floors.ts';

/** The part of dependency-cruiser's rules that is used; patterns are regular expressions. */
interface From {
  readonly path?: string;
  readonly pathNot?: string | readonly string[];
}
interface To extends From {
  readonly circular?: true;
  readonly couldNotResolve?: true;
}
export interface ImportRule {
  readonly name: string;
  readonly comment: string;
  readonly severity: 'error';
  readonly from: From;
  readonly to: To;
}

const any = (names: readonly string[]): string => `(${names.join('|')})`;
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const connector = any(connectors);

/** A folder or a file of the sources, as a pattern. */
const place = (name: string): string => {
  if (name === '*') return `^src/(?!kernel/)`;
  return name.endsWith('.ts') ? `^${escaped(name)}$` : `^${escaped(name)}/`;
};

/** Where npm keeps a package, its types included. */
const installed = (name: string): string => `^node_modules/(${escaped(name)}|@types/${escaped(name.replace('@', '').replace('/', '__'))})/`;

const rule = (name: string, comment: string, from: From, to: To): ImportRule => ({ name, comment, severity: 'error', from, to });

function floor_rules(): ImportRule[] {
  const rules: ImportRule[] = [];
  for (const [floor, here] of floors.entries()) {
    const above = floors.slice(floor + 1).flat();
    if (above.length > 0) {
      const why = 'A room that needs something of a higher floor declares the function that it wants; wiring.ts passes it in.';
      rules.push(rule(`floor-${floor}-does-not-look-up`, why, { path: `^src/${any(here)}/` }, { path: `^src/${any(above)}/` }));
    }
    if (here.length > 1) {
      const from = { path: `^src/${any(here)}/` };
      rules.push(
        rule(`floor-${floor}-are-strangers`, 'Rooms on one floor do not know each other.', from, { path: from.path, pathNot: '^src/$1/' }),
      );
    }
  }
  return rules;
}

const room_rules: ImportRule[] = [
  rule(
    'rooms-are-entered-through-index',
    'A room shows what it offers in its index.ts.',
    { path: '^src/([^/]+)' },
    { path: `^src/${any(rooms)}/`, pathNot: ['^src/$1/', '/index\\.tsx?$'] },
  ),
  rule(
    'rooms-do-not-know-the-wiring',
    'main.ts, wiring.ts and broker.ts know the rooms, not the other way round; the command starts the server.',
    { path: '^src/[^/]+/', pathNot: '^src/(cli|mock)/' },
    { path: '^src/[^/]+\\.ts$' },
  ),
  rule(
    'mock-partners-stay-apart',
    'Mock partners share libraries with what they test, never our code.',
    { path: '^src/mock/' },
    { path: '^(src/(?!mock/)|connectors/)' },
  ),
  rule(
    'only-the-command-starts-mock-partners',
    'The broker knows nothing of mock partners.',
    { path: '^src/', pathNot: '^src/(mock|cli)/' },
    { path: '^src/mock/' },
  ),
  rule(
    'console-is-browser-code',
    'The console imports nothing of the server.',
    { path: '^src/console/' },
    { path: '^(src/(?!console/)|connectors/)' },
  ),
  rule(
    'server-does-not-import-the-console',
    'The server serves the built console, it does not import it.',
    { path: '^src/(?!console/)' },
    { path: '^src/console/' },
  ),
];

const connector_rules: ImportRule[] = [
  rule(
    'the-seam-imports-nothing',
    'connectors/connector.ts is the seam.',
    { path: '^connectors/connector\\.ts$' },
    { pathNot: '^connectors/connector\\.ts$' },
  ),
  rule('connectors-never-import-src', 'A connector has no word for an organization.', { path: '^connectors/' }, { path: '^src/' }),
  rule(
    'connectors-are-strangers',
    'One connector never knows another.',
    { path: `^connectors/${connector}/` },
    { path: `^connectors/${connector}/`, pathNot: '^connectors/$1/' },
  ),
  rule(
    'shared-knows-no-connector',
    'What connectors share does not know them.',
    { path: '^connectors/shared/' },
    { path: `^connectors/${connector}/` },
  ),
  rule(
    'src-sees-only-the-seam',
    'Rooms see connectors/connector.ts; only wiring.ts meets implementations.',
    { path: '^src/', pathNot: '^src/wiring\\.ts$' },
    { path: '^connectors/', pathNot: '^connectors/connector\\.ts$' },
  ),
];

const sources = '^(src/(?!console/)|connectors/)';

function package_rules(): ImportRule[] {
  const rules = Object.entries(packages).map(([name, places]) =>
    rule(
      `${name.replaceAll(/[^a-z0-9]+/g, '-').replace(/^-/, '')}-has-its-place`,
      `${name} may be imported from ${places.join(', ')} only.`,
      { path: sources, pathNot: places.map(place) },
      { path: installed(name) },
    ),
  );
  rules.push(
    rule(
      'packages-are-listed',
      'A dependency must save more than it costs: list it in scripts/floors.ts with its place.',
      { path: sources },
      { path: '^node_modules/', pathNot: Object.keys(packages).map(installed) },
    ),
  );
  return rules;
}

const general_rules: ImportRule[] = [
  rule('no-cycles', 'Two files that need each other are one file, or three.', {}, { circular: true }),
  rule('imports-resolve', 'What is imported exists.', {}, { couldNotResolve: true }),
  rule(
    'sources-do-not-import-tests',
    'Tests, scripts and examples look at the sources, never the reverse.',
    { path: '^(src|connectors)/' },
    { path: '^(test|scripts|examples)/' },
  ),
  rule(
    'examples-are-copied-whole',
    'An example imports packages only: a developer copies it.',
    { path: '^examples/' },
    { path: '^(src|connectors|test|scripts)/' },
  ),
];

/** Every rule, for dependency-cruiser. */
export const import_rules: readonly ImportRule[] = [
  ...floor_rules(),
  ...room_rules,
  ...connector_rules,
  ...package_rules(),
  ...general_rules,
];
