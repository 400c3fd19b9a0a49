import { type Deliverer, Hopeless } from '../events/index.ts';
import type { OrgId } from '../kernel/index.ts';
import { notice_mail } from '../pages/index.ts';
import type { Storage } from '../storage/index.ts';
import { type Mailer, MailRefused } from './mailer.ts';
import type { MailMessage } from './make_notices.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** One notice by mail. Refused for now it is tried again for two days; refused for good it is given up at once; the outbox says so loudly. */
export function mail_deliverer(deps: { readonly mailer: Mailer; readonly storage: Storage; readonly vendor_name: string }): Deliverer {
  return {
    schedule: [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR],
    async deliver({ id, payload, signal, note }) {
      const { org_id, to, view } = payload as MailMessage; // appended by hear
      if (!(await is_wanted(deps.storage, org_id, to.contact_id))) return note('no longer a contact');
      const mail = notice_mail(view, {
        language: to.language,
        host: deps.vendor_name,
        to: to.contact_id === null ? 'operator' : 'contact',
      });
      try {
        await deps.mailer.send({ ...mail, to: { name: to.name, address: to.address }, id }, signal);
        note('accepted');
      } catch (error) {
        if (error instanceof MailRefused && error.for_good) throw new Hopeless(error.message, { cause: error });
        throw error;
      }
    },
  };
}

/** Somebody who was removed while it waited is not written to. */
async function is_wanted(storage: Storage, org_id: string | null, contact_id: string | null): Promise<boolean> {
  if (contact_id === null) return true;
  if (org_id === null) return false;
  return (await storage.org(org_id as OrgId).contacts.count({ id: contact_id })) > 0; // as the record had it
}
