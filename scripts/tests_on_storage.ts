import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Tests of the ordinary suite that work on a temporary database, found by what they import: on PostgreSQL they must pass as well. */
export function tests_on_storage(root: string): string[] {
  const reaches = new Map<string, boolean>();
  const uses_database = (file: string): boolean => {
    if (file === 'test/support/temporary_database.ts') return true;
    const known = reaches.get(file);
    if (known !== undefined) return known;
    reaches.set(file, false);
    const path = join(root, file);
    const found =
      existsSync(path) &&
      [...readFileSync(path, 'utf8').matchAll(/from '(\.[^']+)'/g)]
        .map(([, imported = '']) => normalize(join(dirname(file), imported)))
        .some((imported) => imported.startsWith('test/') && uses_database(imported));
    reaches.set(file, found);
    return found;
  };
  return globSync(['test/**/*.test.ts', 'test/**/*.test.tsx'], { cwd: root })
    .filter((file) => !file.endsWith('storage_sqlite.test.ts') && uses_database(file))
    .sort();
}
