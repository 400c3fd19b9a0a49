import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly secure: boolean;
  readonly user: string | undefined;
}

/** A real SMTP server that keeps what it is given. */
export interface MailServer {
  readonly port: number;
  readonly received: Received[];
  /** Whom it does not take mail for, and how it says so. */
  readonly refusals: Map<string, number>;
  /** Whether it answers the content with this status instead of taking it. */
  content: number | undefined;
  /** Recipients and contents that it has seen, taken or not. */
  attempts: number;
  close(): Promise<void>;
}

export interface MailServerOptions {
  readonly certificate?: { readonly key: string; readonly cert: string };
  readonly login?: { readonly user: string; readonly password: string };
  /** Never says anything. */
  readonly silent?: boolean;
}

export async function mail_server({ certificate, login, silent = false }: MailServerOptions = {}): Promise<MailServer> {
  const received: Received[] = [];
  const refusals = new Map<string, number>();
  const refuse = (status: number): Error => Object.assign(new Error('no, said the server about secret-canary'), { responseCode: status });
  const options: SMTPServerOptions = {
    logger: false,
    disabledCommands: certificate === undefined ? ['STARTTLS'] : [],
    ...certificate,
    authOptional: login === undefined,
    allowInsecureAuth: false,
    onConnect(_session, done) {
      if (!silent) done();
    },
    onAuth({ username, password }, _session, done) {
      if (username === login?.user && password === login?.password) done(null, { user: username });
      else done(refuse(535));
    },
    onRcptTo({ address }, _session, done) {
      server.attempts += 1;
      const status = refusals.get(address);
      done(status === undefined ? null : refuse(status));
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (server.content !== undefined) return done(refuse(server.content));
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(parts).toString('utf8'),
          secure: session.secure,
          user: typeof session.user === 'string' ? session.user : undefined,
        });
        done();
      });
    },
  };
  const smtp = new SMTPServer(options);
  smtp.on('error', () => undefined);
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', () => resolve()));
  const server: MailServer = {
    port: (smtp.server.address() as AddressInfo).port, // it listens on TCP
    received,
    refusals,
    content: undefined,
    attempts: 0,
    close: () => new Promise((resolve) => smtp.close(() => resolve())),
  };
  return server;
}
