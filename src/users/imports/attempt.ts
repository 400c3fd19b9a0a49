import type { Act } from '../../audit/index.ts';
import { type FieldProblem, InvalidInput, type OrgId, PosternError } from '../../kernel/index.ts';
import type { Tx } from '../../storage/index.ts';
import { import_row } from '../import_row.ts';
import { problems_of } from '../parse.ts';
import type { UsersDeps } from '../record.ts';
import { schemas, type UserImportRow } from '../schemas.ts';

export type NamedRow = UserImportRow & { readonly user_name: string };
export type Read = { readonly row: NamedRow } | { readonly problems: readonly FieldProblem[] };

/** A row as its schema says; one without a `user_name` is named by its `email`. */
export function read_import_row(given: unknown): Read {
  const result = schemas.user_import_row.safeParse(given);
  if (!result.success) return { problems: problems_of(result.error) };
  const user_name = result.data.user_name ?? result.data.email ?? undefined;
  if (user_name === undefined) return { problems: [{ path: 'user_name', message: 'is needed where there is no email' }] };
  return { row: { ...result.data, user_name } };
}

export type Attempted =
  | { readonly status: 'created' | 'updated' | 'unchanged'; readonly id: string }
  | { readonly status: 'failed'; readonly problems: readonly FieldProblem[] };

/** One row, kept as a whole or not at all, within the caller's unit of work. */
export async function attempt_row(deps: UsersDeps, tx: Tx, org_id: OrgId, row: NamedRow, act: Act): Promise<Attempted> {
  await tx.sql.run('SAVEPOINT import_row');
  try {
    const done = await import_row(deps, tx, org_id, row, act);
    await tx.sql.run('RELEASE SAVEPOINT import_row');
    return done;
  } catch (error) {
    if (!(error instanceof PosternError)) throw error;
    await tx.sql.run('ROLLBACK TO SAVEPOINT import_row');
    const fields = error instanceof InvalidInput && error.fields.length > 0 ? error.fields : [{ path: '', message: error.message }];
    return { status: 'failed', problems: [...fields] };
  }
}
