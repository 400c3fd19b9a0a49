import { parse_email } from '../kernel/index.ts';
import { MailRefused } from '../notices/index.ts';
import { notice_mail } from '../pages/index.ts';
import { time_ordered_id } from '../storage/index.ts';
import { type Cli, Misuse, with_opened } from './cli.ts';

const DEADLINE_MS = 20_000;

/** `postern mail test --to ADDRESS`: one mail, now, past the outbox; says what the mail server said. */
export async function mail_test(cli: Cli, to: string, json: boolean): Promise<void> {
  const address = parse_email(to)?.address;
  if (address === undefined) throw new Misuse('--to is not an e-mail address.');
  await with_opened(cli, async ({ mailer, world }) => {
    if (mailer === undefined) throw new Misuse('This installation sends no mail: set POSTERN_SMTP_URL and POSTERN_MAIL_FROM.');
    const { host } = new URL(world.settings.issuer);
    const mail = notice_mail({ kind: 'test' }, { language: null, host, to: 'operator' });
    try {
      await mailer.send(
        { ...mail, to: { name: undefined, address }, id: time_ordered_id('test', cli.now()) },
        AbortSignal.timeout(DEADLINE_MS),
      );
    } catch (error) {
      if (!(error instanceof MailRefused)) throw error;
      const said = error.said === undefined ? '' : ` (${error.said.replaceAll(/\s+/g, ' ').slice(0, 300)})`;
      throw new Misuse(`The mail was not taken: ${error.message}${said}.`);
    }
    cli.out(
      json
        ? JSON.stringify({ sent_to: address })
        : `The mail server has taken a mail to ${address}. Look whether it arrives, and whether it is taken for spam.`,
    );
  });
}
