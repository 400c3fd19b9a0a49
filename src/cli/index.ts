/**
 * CLI: the `postern` command, a file per verb. Owns how arguments are read and how answers are printed; what a verb does lives in the rooms below.
 * May import every room, the wiring and the mock partners.
 */
export { main } from './main.ts';
export { cli_reference_markdown } from './reference.ts';
