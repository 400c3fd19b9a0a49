/**
 * Notices: mails to the people who must do something (contacts of an organization, operators). Hears events as they are recorded, decides who is told and that each
 * is told once, and sends by the operator's mail server. Owns no decision of what happens; the outbox delivers. Imports config, events, audit, pages, storage, the kernel and nodemailer.
 */
export { mail_deliverer } from './deliver.ts';
export { type HeardEvent, make_notices, type Notices, type NoticesDeps } from './make_notices.ts';
export { MailRefused, make_mailer, type Mailer } from './mailer.ts';
export { watch_silence } from './silence.ts';
