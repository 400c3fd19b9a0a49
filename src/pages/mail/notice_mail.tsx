import { IntlMessageFormat } from 'intl-messageformat';
import type { CSSProperties, ReactNode } from 'react';
import { as_html } from '../as_html.ts';
import { direction, type Locale, pick_locale } from '../locale.ts';
import { mail_catalogues } from './messages/index.ts';
import type { MailKey } from './messages/en.ts';
import type { MailFrame, NoticeMail, NoticeView } from './notice.ts';
import { notice_words, type NoticeWords } from './notice_words.ts';

/** One notice as a mail: plain text, and the same as HTML with nothing in it that would be fetched. */
export function notice_mail(view: NoticeView, frame: MailFrame): NoticeMail {
  const locale = pick_locale({ fallback: frame.language ?? undefined });
  const say = (key: MailKey, values: Readonly<Record<string, string | number>> = {}): string =>
    String(new IntlMessageFormat(mail_catalogues[locale][key], locale, undefined, { ignoreTag: true }).format(values));
  const day = (at: number): string => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(at);
  const words = notice_words(view, { say, day, host: frame.host });
  const organization = 'organization' in view ? view.organization : frame.host;
  const footer = [
    say(frame.to === 'operator' ? 'mail.why_operator' : 'mail.why_contact', { organization, host: frame.host }),
    say('mail.no_answer'),
  ];
  const to_do = say('mail.to_do');
  return {
    subject: one_line(words.title),
    text: plain_text(words, to_do, footer),
    html: as_html(<Mail locale={locale} words={words} to_do={to_do} footer={footer} />),
  };
}

/** A subject is a header: whatever a name holds, it stays one line. */
const one_line = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 200);

function plain_text({ title, lead, facts, to_do: steps }: NoticeWords, to_do: string, footer: readonly string[]): string {
  return [
    title,
    lead,
    facts.map(([name, value]) => `${name}: ${value}`).join('\n'),
    ...(steps.length === 0 ? [] : [`${to_do}\n${steps.map((step) => `- ${step}`).join('\n')}`]),
    `-- \n${footer.join('\n')}`,
  ].join('\n\n');
}

const font: CSSProperties = { fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif', fontSize: '16px', lineHeight: 1.5 };

interface MailProps {
  readonly locale: Locale;
  readonly words: NoticeWords;
  readonly to_do: string;
  readonly footer: readonly string[];
}

/** Styles stand on the elements: many mail programs read no others. */
function Mail({ locale, words: { title, lead, facts, to_do: steps }, to_do, footer }: MailProps): ReactNode {
  const start = direction(locale) === 'rtl' ? 'right' : 'left';
  return (
    <html lang={locale} dir={direction(locale)}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
      </head>
      <body style={{ ...font, margin: 0, padding: '24px 16px' }}>
        <div style={{ maxWidth: '560px', margin: '0 auto' }}>
          <h1 style={{ fontSize: '22px', lineHeight: 1.3, margin: '0 0 16px' }}>{title}</h1>
          <p style={{ margin: '0 0 16px' }}>{lead}</p>
          <table role="presentation" style={{ borderCollapse: 'collapse', margin: '0 0 16px', width: '100%' }}>
            <tbody>
              {facts.map(([name, value]) => (
                <tr key={name}>
                  <th
                    scope="row"
                    style={{
                      textAlign: start,
                      verticalAlign: 'top',
                      padding: '6px 0',
                      paddingInlineEnd: '16px',
                      fontWeight: 600,
                      whiteSpace: 'nowrap',
                    }}
                  >
                    {name}
                  </th>
                  <td style={{ verticalAlign: 'top', padding: '6px 0', overflowWrap: 'anywhere', wordBreak: 'break-word' }}>
                    <bdi>{value}</bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {steps.length === 0 ? null : (
            <>
              <h2 style={{ fontSize: '17px', margin: '0 0 8px' }}>{to_do}</h2>
              <ul style={{ margin: '0 0 24px', paddingInlineStart: '20px' }}>
                {steps.map((step) => (
                  <li key={step} style={{ margin: '0 0 6px' }}>
                    {step}
                  </li>
                ))}
              </ul>
            </>
          )}
          {footer.map((line) => (
            <p key={line} style={{ fontSize: '13px', margin: '0 0 4px', opacity: 0.75 }}>
              {line}
            </p>
          ))}
        </div>
      </body>
    </html>
  );
}
