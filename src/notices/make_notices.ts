import type { Audit } from '../audit/index.ts';
import type { OrgId } from '../kernel/index.ts';
import type { NoticeView } from '../pages/index.ts';
import { first_use_within, type Tx } from '../storage/index.ts';
import { type HeardEvent, TELLERS } from './heard.ts';
import { type Recipient, recipients_of } from './recipients.ts';

export type { HeardEvent } from './heard.ts';

/** The kind of a mail in the outbox. */
export const MAIL = 'mail';
/** Longer than any threshold can come back under the same name. */
const REMEMBERED_MS = 400 * 86_400_000;

/** What the outbox holds of one mail. */
export interface MailMessage {
  readonly org_id: string | null;
  readonly to: Recipient;
  readonly view: NoticeView;
}

export interface NoticesDeps {
  readonly append_outbox: Audit['append_outbox'];
  readonly issuer_url: string;
  readonly operators: readonly string[];
  /** Whether there is a mail server: without one nothing waits for it. */
  readonly enabled: boolean;
}

export interface Notices {
  /** Puts mails into the outbox for an event that somebody must know of, in the unit of work that records it: each once, whatever process hears it how often. */
  hear(tx: Tx, event: HeardEvent): Promise<void>;
}

export function make_notices({ append_outbox, issuer_url, operators, enabled }: NoticesDeps): Notices {
  return {
    async hear(tx, event) {
      const teller = enabled ? TELLERS.get(event.type) : undefined;
      if (teller === undefined) return;
      const org_id = event.org_id as OrgId | null; // as the record has it
      const organization = org_id === null ? undefined : await tx.gateway.organizations.find_one({ id: org_id });
      // nobody of an organization that is suspended can do anything about it
      if (organization !== undefined && organization.status !== 'active') return;
      const place = { org_id: org_id ?? ('' as OrgId), organization: organization?.name ?? '', issuer_url }; // empty where a teller asks for none
      const told = await teller(tx, event, place);
      if (told === undefined) return;
      const to = await recipients_of(tx, { org_id, notice: told.notice, language: organization?.branding['locale'] ?? null }, operators);
      if (to.length === 0) return;
      if (!(await first_use_within(tx, `notice/${event.type}`, told.once, event.at + REMEMBERED_MS))) return;
      for (const [index, recipient] of to.entries()) {
        const message: MailMessage = { org_id, to: recipient, view: told.view };
        await append_outbox(tx, { org_id, kind: MAIL, order_key: `${MAIL}/${event.id}/${index}`, payload: message });
      }
    },
  };
}
