import { Initial1767225600000 } from './0001_initial.ts';

/** One list serves SQLite and PostgreSQL. Append only. */
export const migrations = [Initial1767225600000];
