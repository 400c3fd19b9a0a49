/** Files of people, taken in at once and worked through in the background: each row exactly once, whatever ends in between. */
export type { GivenRow, ImportFormat } from './given.ts';
export { REPORT_FORMATS, type ReportFormat } from './report.ts';
export { type ImportFile, make_user_imports, type UserImports, type UserImportsOf } from './user_imports.ts';
export { import_schemas, type UserImportView } from './views.ts';
