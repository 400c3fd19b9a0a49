import { type Cli, with_opened } from './cli.ts';

/** `postern migrate`: brings the database to this version. */
export async function migrate_command(cli: Cli, json: boolean): Promise<void> {
  await with_opened(cli, async ({ storage }) => {
    const migrated = await storage.migrate();
    if (json) cli.out(JSON.stringify({ migrated }, null, 2));
    else cli.out(migrated.length === 0 ? 'The database is up to date.' : `Migrated: ${migrated.join(', ')}`);
  });
}
