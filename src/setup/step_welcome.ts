import { send_page } from '../http/index.ts';
import type { SetupStep } from '../organizations/index.ts';
import { setup_welcome_page } from '../pages/index.ts';
import { connections_in_use } from './connections_in_use.ts';
import { chosen_guide } from './draft.ts';
import type { Guest } from './guest.ts';
import { type ShellOptions, shell_of, where_to_go_on } from './steps.ts';

const PARTS: Readonly<Record<SetupStep, { readonly title: string; readonly text: string; readonly minutes: number }>> = {
  domain: {
    title: 'Prove your domain',
    text: 'A TXT record in your DNS. You need whoever may change it.',
    minutes: 5,
  },
  connection: {
    title: 'Connect your identity provider',
    text: 'Okta, Entra ID, Google, AD FS, LDAP and others, step by step in their own words, and a test. You need its administration.',
    minutes: 15,
  },
  scim: {
    title: 'Send people by SCIM',
    text: 'So that who leaves you loses access here at once. You can leave it out.',
    minutes: 10,
  },
};

export async function show_welcome(guest: Guest, options: ShellOptions = {}): Promise<void> {
  const { deps, visit, act, ctx } = guest;
  if (!visit.opened) await deps.organizations.setup_visits.opened(visit, act);
  const next = where_to_go_on(guest);
  const { done } = visit.draft;
  const view = {
    parts: visit.steps.map((step) => ({
      ...PARTS[step],
      ...(step === 'connection' && { minutes: 5 + (chosen_guide(guest)?.minutes ?? 10) }),
      done: step === 'domain' ? guest.domain_proven : done.includes(step === 'connection' ? 'test' : step),
    })),
    next: { href: next.href, title: next.title },
    begun: done.length > 0,
    needs_approval: visit.requires_approval,
    in_use: (await connections_in_use(guest)).map(({ name }) => name),
  };
  send_page(ctx, options.told?.status ?? 200, setup_welcome_page(view, shell_of(guest, 'welcome', options), guest.frame));
}
