import { createTransport } from 'nodemailer';
import type { Mailbox, SmtpAddress } from '../config/index.ts';
import type { NoticeMail } from '../pages/index.ts';

const CONNECT_MS = 10_000;
const IDLE_MS = 15_000;
/** What a mail server may say at once. */
const MOST_BYTES = 64 * 1024;

export interface Mail extends NoticeMail {
  readonly to: Mailbox;
  /** The same for every try, so that a mailbox that gets it twice can tell. */
  readonly id: string;
}

/** The mail server did not take a mail. The message names no person and holds nothing of the login. */
export class MailRefused extends Error {
  /** No later try can succeed with this mail: the server has refused the recipient or the content for good. */
  readonly for_good: boolean;
  /** What the server said, for an operator who asked just now; it may name people. */
  readonly said: string | undefined;
  constructor(message: string, options: { readonly for_good: boolean; readonly said?: string | undefined; readonly cause: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'MailRefused';
    this.for_good = options.for_good;
    this.said = options.said;
  }
}

export interface Mailer {
  /** @throws MailRefused */
  send(mail: Mail, signal: AbortSignal): Promise<void>;
  /** Connects, encrypts and logs in as for a mail, and sends none. @throws MailRefused */
  verify(): Promise<void>;
}

/** Sends by the operator's mail server: encrypted, unless its address says otherwise. Each mail has its own connection: they are few. */
export function make_mailer(server: SmtpAddress, from: Mailbox, own_host: string): Mailer {
  const transport = createTransport(
    {
      ...{ host: server.host, port: server.port, name: own_host },
      secure: server.tls === 'tls',
      requireTLS: server.tls === 'starttls',
      ignoreTLS: server.tls === 'none',
      // on this very machine a certificate proves nothing more
      tls: { minVersion: 'TLSv1.2', ...(server.tls === 'either' && { rejectUnauthorized: false }) },
      ...(server.login !== undefined && { auth: { user: server.login.user, pass: server.login.password } }),
      ...{ connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: IDLE_MS, dnsTimeout: CONNECT_MS },
      ...{ socketCloseTimeout: 1000, maxResponseSize: MOST_BYTES },
      // nothing in a mail is ever read from a file or fetched
      ...{ disableFileAccess: true, disableUrlAccess: true },
    },
    {
      headers: {
        // RFC 3834: no out-of-office answers
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
      },
    },
  );
  return {
    async send({ to, id, subject, text, html }, signal) {
      for (const value of [to.address, to.name ?? '', subject, id]) {
        // a line break would begin another header
        if (/[\r\n\0]/.test(value)) throw new MailRefused('a name or the subject holds a line break', { for_good: true, cause: undefined });
      }
      try {
        await transport.sendMail({
          from: mailbox(from),
          to: mailbox(to),
          envelope: { from: from.address, to: to.address },
          messageId: `<${id}@${own_host}>`,
          ...{ subject, text, html, signal },
        });
      } catch (error) {
        throw refused(error);
      }
    },
    async verify() {
      try {
        await transport.verify();
      } catch (error) {
        throw refused(error);
      }
    },
  };
}

// never a text that would be read for several addresses
const mailbox = ({ name, address }: Mailbox): { name: string; address: string } => ({ name: name ?? '', address });

/** What nodemailer adds to an error. */
function fault_of(cause: unknown): { code: string; command: string | undefined; status: number | undefined; response: string | undefined } {
  const field = (name: string): unknown => (cause instanceof Error && Object.hasOwn(cause, name) ? Reflect.get(cause, name) : undefined);
  const text = (name: string): string | undefined => (typeof field(name) === 'string' ? String(field(name)) : undefined);
  const status = field('responseCode');
  return {
    code: text('code') ?? 'unknown',
    command: text('command'),
    status: typeof status === 'number' ? status : undefined,
    response: text('response'),
  };
}

function refused(cause: unknown): MailRefused {
  const { code, command, status, response } = fault_of(cause);
  // a wrong password or sender is mended here, not in the mail: 5xx at that point is no verdict on it
  const of_the_mail = code === 'EMESSAGE' || (code === 'EENVELOPE' && command?.startsWith('RCPT') === true);
  const message =
    status === undefined
      ? (WORDS.get(code) ?? `the mail could not be sent (${code})`)
      : `the mail server answered ${status}${command === undefined ? '' : ` to ${command.slice(0, 40).replace(/[^\x20-\x7e]/g, '')}`}`;
  return new MailRefused(message, { for_good: of_the_mail && status !== undefined && status >= 500, said: response, cause });
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['ECONNECTION', 'the mail server closed the connection'],
  ['ECONNREFUSED', 'the mail server refuses connections'],
  ['ESOCKET', 'the mail server cannot be reached, or its certificate is not trusted'],
  ['EDNS', 'the name of the mail server is not known'],
  ['ETIMEDOUT', 'the mail server did not answer in time'],
  ['EABORT', 'the mail server did not answer in time'],
  ['ETLS', 'the mail server offers no encryption, or a certificate that is not trusted'],
  ['EAUTH', 'the mail server does not accept the user and password'],
  ['EENVELOPE', 'the mail server does not accept the sender or the recipient'],
  ['EPROTOCOL', 'what answers is no mail server'],
]);
