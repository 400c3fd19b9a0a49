/** What a mail tells. Times are epoch milliseconds; names are plain text of people and may be anything. */
export type NoticeView =
  | (OfConnection & {
      readonly kind: 'certificate_ending';
      readonly certificate: string;
      readonly sha256: string;
      readonly ends_at: number;
      readonly days: number;
      /** Until when another certificate of the partner is valid, where one is known. */
      readonly next_until: number | null;
    })
  | (OfConnection & { readonly kind: 'certificate_ended'; readonly certificate: string; readonly sha256: string; readonly ends_at: number })
  | (OfConnection & { readonly kind: 'own_key_published'; readonly metadata_url: string; readonly used_from: number })
  | (OfConnection & { readonly kind: 'own_key_ending'; readonly metadata_url: string; readonly ends_at: number; readonly days: number })
  | (OfOrganization & { readonly kind: 'scim_silent'; readonly token: string; readonly last_at: number; readonly days: number })
  | (OfConnection & { readonly kind: 'sync_stopped' })
  | (OfOrganization & { readonly kind: 'setup_finished' })
  | { readonly kind: 'event_hook_disabled'; readonly url: string; readonly reason: string }
  | { readonly kind: 'test' };

interface OfOrganization {
  readonly organization: string;
}
interface OfConnection extends OfOrganization {
  readonly connection: string;
}

/** Where it comes from and why it is sent to this address. */
export interface MailFrame {
  /** Language tag; one that is not spoken here is English. */
  readonly language: string | null;
  readonly host: string;
  readonly to: 'contact' | 'operator';
}

/** A mail as it leaves, but for its addresses. */
export interface NoticeMail {
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}
