import type { ReactNode } from 'react';
import { as_html } from './as_html.ts';
import { type Brand, mail_link, own_path, safe_link } from './brand.ts';
import { direction, type Locale } from './locale.ts';
import { type ScriptName, scripts } from './scripts.ts';
import { style_sheet } from './style.ts';
import { type TextOverrides, type Translate, translator } from './translate.ts';

/** What every page is given besides its view. */
export interface Frame {
  readonly locale: Locale;
  /** The nonce of this response's Content-Security-Policy, for style and script. */
  readonly nonce: string;
  readonly brand?: Brand | undefined;
  readonly request_id?: string | undefined;
  /** The app's own wording. */
  readonly texts?: TextOverrides | undefined;
}

interface Content {
  readonly title: string;
  readonly body: ReactNode;
  readonly wide?: boolean;
  readonly script?: ScriptName;
}

/** The words of a frame. */
export function words(frame: Frame): Translate {
  return translator(frame.locale, frame.texts);
}

/** A whole document around the content: language, direction, brand, landmarks. */
export function document(frame: Frame, content: Content): string {
  const t = words(frame);
  const brand = frame.brand;
  return as_html(
    <html lang={frame.locale} dir={direction(frame.locale)}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        {frame.request_id === undefined ? null : <meta name="request-id" content={frame.request_id} />}
        <title>{brand === undefined ? content.title : `${content.title} · ${brand.name}`}</title>
        {/* Our own text and colours only; React would escape the quotes in it. */}
        <style nonce={frame.nonce} dangerouslySetInnerHTML={{ __html: style_sheet(brand?.accent) }} />
      </head>
      <body>
        {brand === undefined ? null : (
          <header>
            <Logo brand={brand} t={t} />
          </header>
        )}
        <main className={content.wide === true ? 'wide' : undefined}>{content.body}</main>
        {brand === undefined ? null : <Footer brand={brand} t={t} />}
        {content.script === undefined ? null : <script nonce={frame.nonce} dangerouslySetInnerHTML={{ __html: scripts[content.script] }} />}
      </body>
    </html>,
  );
}

function Logo({ brand, t }: { brand: Brand; t: Translate }): ReactNode {
  const logo = own_path(brand.logo_url);
  const dark = own_path(brand.logo_dark_url);
  if (logo === undefined) {
    return (
      <>
        <Mark name={brand.name} />
        <span>{brand.name}</span>
      </>
    );
  }
  return (
    <picture>
      {dark === undefined ? null : <source media="(prefers-color-scheme: dark)" srcSet={encodeURI(dark)} />}
      <img src={logo} alt={t('frame.logo', { name: brand.name })} />
    </picture>
  );
}

/** The first letter of a name on the accent, for those without a picture. */
export function Mark({ name }: { name: string }): ReactNode {
  const [letter = ''] = new Intl.Segmenter().segment(name.trim())[Symbol.iterator]().next().value?.segment.toUpperCase() ?? '';
  return (
    <span className="mark" aria-hidden="true">
      {letter}
    </span>
  );
}

/** Help and legal links of a brand; nothing where there are none. */
export function Footer({ brand, t }: { brand: Brand; t: Translate }): ReactNode {
  const contact = brand.support_contact;
  const links = [
    { text: t('frame.help'), url: safe_link(brand.support_url) ?? (contact === undefined ? undefined : mail_link(contact)) },
    { text: t('frame.privacy'), url: safe_link(brand.privacy_url) },
    { text: t('frame.terms'), url: safe_link(brand.terms_url) },
  ].filter((link) => link.url !== undefined);
  const plain = contact !== undefined && mail_link(contact) === undefined ? contact : undefined;
  if (links.length === 0 && plain === undefined) return null;
  return (
    <footer>
      {plain === undefined ? null : <p>{plain}</p>}
      {links.length === 0 ? null : (
        <nav aria-label={t('frame.footer')}>
          <ul>
            {links.map((link) => (
              <li key={link.text}>
                <a href={link.url}>{link.text}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </footer>
  );
}
