/** Mails: the same words as plain text and as HTML. Who they go to, and whether, is decided elsewhere. */
export type { MailFrame, NoticeMail, NoticeView } from './notice.ts';
export { notice_mail } from './notice_mail.tsx';
