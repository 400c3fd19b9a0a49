import { send_page } from '../http/index.ts';
import { Conflict, TooMany } from '../kernel/index.ts';
import type { DomainView } from '../organizations/index.ts';
import { type SetupDomain, setup_domain_page } from '../pages/index.ts';
import { line, type SetupForm } from './form.ts';
import type { Guest } from './guest.ts';
import { beside, type ShellOptions, shell_of } from './steps.ts';

const domains_of = ({ deps, visit }: Guest) => deps.organizations.domains(visit.org_id);
/** Each is looked up while somebody waits. */
const MOST = 20;

export async function show_domain(guest: Guest, options: ShellOptions = {}, form?: SetupForm): Promise<void> {
  const { data } = await domains_of(guest).list({ limit: MOST });
  const may_look = data.some(({ status }) => status !== 'verified') && (await looks_are_left(guest));
  const view = {
    domains: await Promise.all(data.map((one) => seen(guest, one, may_look))),
    ...(form !== undefined && { typed: form.get('domain') }),
    ...beside(guest, 'domain'),
  };
  send_page(guest.ctx, options.told?.status ?? 200, setup_domain_page(view, shell_of(guest, 'domain', options), guest.frame));
}

/** The page looks again by itself; but nobody floods name servers by it. */
async function looks_are_left({ deps, visit }: Guest): Promise<boolean> {
  try {
    await deps.rate_limits.count('setup', `${visit.id}/looks`);
    return true;
  } catch (error) {
    if (error instanceof TooMany) return false;
    throw error;
  }
}

async function seen(guest: Guest, { domain, status, txt_record }: DomainView, may_look: boolean): Promise<SetupDomain> {
  const shown = { domain, proven: status === 'verified', record: txt_record };
  if (shown.proven || !may_look) return shown;
  const { found, problem } = await domains_of(guest).look(domain);
  return problem === 'no_answer' ? shown : { ...shown, found };
}

export async function add_domain(guest: Guest, form: SetupForm): Promise<string> {
  const { data } = await domains_of(guest).list({ limit: MOST });
  if (data.length >= MOST)
    throw new Conflict('too_many_domains', `Up to ${MOST} domains can be added here. Ask whoever sent the link for more.`);
  // people paste addresses of pages and of mail
  const domain = line(form, 'domain')
    .replace(/^https?:\/\//i, '')
    .replace(/^[^@/]*@/, '')
    .replace(/\/.*$/, '');
  await domains_of(guest).create({ domain }, guest.act);
  return '/setup/domain';
}

export async function check_domain(guest: Guest, form: SetupForm): Promise<string> {
  const { view } = await domains_of(guest).verify(line(form, 'domain'), guest.act);
  if (view.status !== 'verified')
    throw new Conflict(
      'not_proven_yet',
      `${view.last_error ?? 'The record is not there yet.'} A new record can take some minutes: check again then.`,
    );
  await guest.deps.organizations.setup_visits.save(guest.visit, {}, guest.act, 'domain');
  return '/setup/domain';
}

/** Only what proves nothing yet: what people are led by is for the vendor to take away. */
export async function remove_domain(guest: Guest, form: SetupForm): Promise<string> {
  const { view, version } = await domains_of(guest).get(line(form, 'domain'));
  if (view.status === 'verified') throw new Conflict('domain_in_use', 'A proven domain can be removed only by whoever sent the link.');
  await domains_of(guest).remove(view.domain, guest.act, version);
  return '/setup/domain';
}
