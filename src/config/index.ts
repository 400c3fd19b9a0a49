/**
 * Config: one schema of every setting, with its one default and its documentation; reads environment and file, reports every mistake
 * at once. Owns no state and does no I/O: files are read by functions that are handed in. Imports the kernel.
 */
export { explain_settings, shown_settings, settings_reference_markdown } from './explain.ts';
export type { Mailbox, SmtpAddress } from './mail.ts';
export { parse_settings, type Settings, type SettingsResult, warnings_of } from './parse.ts';
export { report_problems } from './report.ts';
export { load_or_make_secret, type SecretFiles } from './secret_file.ts';
export type { ReadFile, SettingsProblem } from './sources.ts';
export { vendor_name } from './vendor_name.ts';
export { worker_count } from './workers.ts';
