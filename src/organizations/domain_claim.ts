import { parse } from 'tldts';
import { is_free_mail } from './free_mail.ts';

/** Why nobody may claim this domain; undefined when it may be claimed. */
export function unclaimable(domain: string): string | undefined {
  const { publicSuffix, domain: registrable, isIp } = parse(domain, { allowPrivateDomains: true });
  if (isIp === true) return 'is an address, not a domain';
  if (registrable === null || publicSuffix === domain) return 'is a public suffix: everybody may register names under it';
  // a subdomain of a provider belongs to the provider as well
  const within_icann = parse(domain).domain;
  if ([domain, registrable, within_icann].some((name) => name !== null && is_free_mail(name)))
    return 'is a domain of a public mail provider: everybody may have an address there';
  return undefined;
}

const LABEL = '_postern-challenge';

/** What the organization puts into its DNS to prove that the domain is its own. */
export const txt_record = (domain: string, token: string): { name: string; value: string } => ({
  name: `${LABEL}.${domain}`,
  value: `postern-domain-verification=${token}`,
});

/** What stands in the DNS at this moment. */
export interface SeenTexts {
  readonly found: readonly string[];
  /** Why nothing was found; undefined when something was. */
  readonly problem: 'absent' | 'no_answer' | undefined;
}

const MOST_TEXTS = 10;

/** The texts at a name, as far as somebody can read them who looks for a mistake. */
export async function seen_texts(resolve_txt: (name: string) => Promise<string[][]>, name: string): Promise<SeenTexts> {
  try {
    const texts = (await resolve_txt(name)).map((chunks) => chunks.join('').slice(0, 300));
    return { found: texts.slice(0, MOST_TEXTS), problem: texts.length === 0 ? 'absent' : undefined };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return { found: [], problem: code === 'ENOTFOUND' || code === 'ENODATA' ? 'absent' : 'no_answer' };
  }
}

export type Proof = { readonly proven: true } | { readonly proven: false; readonly why: string };

/** Looks the record up. A name server that does not answer proves nothing, and disproves nothing. */
export async function look_up(resolve_txt: (name: string) => Promise<string[][]>, record: { name: string; value: string }): Promise<Proof> {
  try {
    // RFC 1035 section 3.3.14: one text may come in chunks
    const texts = (await resolve_txt(record.name)).map((chunks) => chunks.join('').trim());
    if (texts.includes(record.value)) return { proven: true };
    const others = texts.length === 1 ? 'one other text' : `${texts.length} other texts`;
    return { proven: false, why: `The TXT record at ${record.name} is not there yet: found ${others}, not the expected one.` };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const absent = code === 'ENOTFOUND' || code === 'ENODATA';
    const why = absent ? `There is no TXT record at ${record.name} yet.` : `The name servers did not answer for ${record.name} (${code}).`;
    return { proven: false, why };
  }
}
