import type { Settings } from '../config/index.ts';
import { type Mailer, MailRefused } from '../notices/index.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

/** Whether notices can leave: connects, encrypts and logs in, and sends nothing. */
export async function look_at_mail(settings: Settings, mailer: Mailer | undefined): Promise<Finding[]> {
  if (mailer === undefined)
    return [
      warning(
        'mail',
        'No mail is sent: nobody is told before a certificate ends or when a directory falls silent.',
        'Set POSTERN_SMTP_URL and POSTERN_MAIL_FROM, then: postern mail test --to you@example.com',
      ),
    ];
  const findings: Finding[] = [];
  try {
    await mailer.verify();
    findings.push(ok('mail', 'The mail server answers and lets us in.'));
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    findings.push(
      problem(
        'mail',
        `No mail can leave: ${error.message}.`,
        'Compare POSTERN_SMTP_URL with what the mail server expects: host, port, encryption, user and password.',
      ),
    );
  }
  if (settings.operators_email.length === 0)
    findings.push(
      warning(
        'operators',
        'No operator is told of what happens to connections by mail.',
        'Set POSTERN_OPERATORS_EMAIL to the addresses of whoever looks after them.',
      ),
    );
  return findings;
}
