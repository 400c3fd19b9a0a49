/**
 * Writes src/storage/migrations/0001_initial.ts from the entity schemas. Only until the first release: after it,
 * migrations are written by hand and the drift test holds them to the schemas.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DataSource, type EntitySchema, type MixedList, Table } from 'typeorm';
import { gateway_schemas } from '../src/storage/gateway_store.ts';
import { org_schemas } from '../src/storage/org_store.ts';

const source = new DataSource({
  type: 'better-sqlite3',
  database: ':memory:',
  entities: [...Object.values(gateway_schemas), ...Object.values(org_schemas)] as MixedList<EntitySchema>, // each is a schema of its own row type
});
await source.initialize();
const tables = source.entityMetadatas.map((metadata) => {
  const table = Table.create(metadata, source.driver);
  const columns = table.columns.map((column) => ({
    name: column.name,
    type: column.type,
    isPrimary: column.isPrimary,
    isNullable: column.isNullable,
  }));
  const indices = metadata.indices.map((index) => ({
    name: index.name,
    columnNames: index.columns.map((column) => column.databaseName),
    isUnique: index.isUnique,
  }));
  const foreign = metadata.foreignKeys.map((key) => ({
    name: key.name,
    columnNames: key.columnNames,
    referencedTableName: key.referencedEntityMetadata.tableName,
    referencedColumnNames: key.referencedColumnNames,
    onDelete: key.onDelete ?? 'NO ACTION',
  }));
  return { name: table.name, columns, indices, foreignKeys: foreign };
});
const row = (value: unknown): string => JSON.stringify(value);
const body = tables
  .map(
    (table) =>
      `  {\n    name: '${table.name}',\n    columns: [\n${table.columns.map((c) => `      ${row(c)},\n`).join('')}    ],\n    indices: [\n${table.indices.map((c) => `      ${row(c)},\n`).join('')}    ],\n    foreignKeys: [\n${table.foreignKeys.map((c) => `      ${row(c)},\n`).join('')}    ],\n  },\n`,
  )
  .join('');
const target = fileURLToPath(new URL('../src/storage/migrations/0001_initial.ts', import.meta.url));
writeFileSync(
  target,
  `import { type MigrationInterface, type QueryRunner, Table, type TableOptions } from 'typeorm';

/** Every table of the first release, in an order that foreign keys allow. */
const tables: TableOptions[] = [
${body}];

export class Initial1767225600000 implements MigrationInterface {
  name = 'Initial1767225600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.createTable(new Table(table), false, true, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await runner.dropTable(table.name, false, true, true);
  }
}
`,
);
// as everything is
execFileSync('biome', ['format', '--write', target]);
await source.destroy();
