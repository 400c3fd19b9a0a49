import { Conflict, Forbidden, InvalidInput, LoginRefused, NotFound, PosternError, TooMany, UpstreamFault } from '../kernel/index.ts';
import type { SetupProblem } from '../pages/index.ts';
import { in_portal_words } from './words.ts';

export interface Told {
  readonly status: number;
  readonly problem: SetupProblem;
}

const TEXTS: Readonly<Record<string, string>> = {
  stale:
    'Somebody else with this link, or you in another tab, changed something in the meantime. This is how it is now; yours was not saved.',
  body_too_large:
    'That is too large: the metadata of one identity provider is at most 500 kB. Give its address, or the part about your provider alone.',
  invalid_body: 'Some of it cannot be used. Nothing was changed.',
  partner_unreadable: 'What you publish could not be read. Nothing was changed.',
  domain_taken: 'This domain is in use by another organization here. Ask whoever sent you the link: they can sort it out.',
  already_exists: 'It is there already.',
  browser_mismatch: 'This form was not made for this browser, or cookies are blocked. Nothing was changed: try again.',
  too_many_requests: 'That was a lot in a short time. Wait a minute, then go on.',
};

/** What went wrong, said on the page where it did; undefined: nobody foresaw it. Never the detail, which is for the log. */
export function problem_of(error: unknown): Told | undefined {
  const ours =
    error instanceof InvalidInput ||
    error instanceof Conflict ||
    error instanceof Forbidden ||
    error instanceof NotFound ||
    error instanceof TooMany ||
    error instanceof UpstreamFault ||
    (error instanceof LoginRefused && error.code === 'browser_mismatch');
  if (!ours || !(error instanceof PosternError)) return undefined;
  const fields = error instanceof InvalidInput ? error.fields : [];
  return {
    status: error.status,
    problem: {
      text: (Object.hasOwn(TEXTS, error.code) ? TEXTS[error.code] : undefined) ?? error.message,
      fields: fields.map(({ path, message }) => ({ name: field_of(path), message: sentence(in_portal_words(message)) })),
    },
  };
}

const BLOCKS = new Set(['saml', 'oidc', 'ldap', 'attribute_mapping']);

/** `saml.metadata_url` is the field `metadata_url` of the form, `ldap.urls.0` the field `urls`. */
function field_of(path: string): string {
  const [first = '', second = ''] = path.split('.');
  return BLOCKS.has(first) ? second : first;
}

/** A rule ("must be …") as a sentence. */
function sentence(text: string): string {
  const begun = /^(must|is|has|needs)\b/.test(text) ? `This ${text}` : text;
  // an address stays as it is
  const capital = /^[a-z]+:\/\//.test(begun) ? begun : `${begun.slice(0, 1).toUpperCase()}${begun.slice(1)}`;
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
