/**
 * Doctor: looks at a whole installation and says what is wrong and how to mend it, for the command and for the admin API. Also knows every column that
 * holds something sealed. Owns no state and changes nothing; may look into every room, and is handed what it looks at.
 */
export { has_tables } from './database.ts';
export { examine, look_inside, look_outside } from './examine.ts';
export type { Examined } from './examined.ts';
export { type Finding, problem } from './finding.ts';
export { sealed_columns } from './sealed_columns.ts';
