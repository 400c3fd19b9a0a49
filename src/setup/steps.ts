import type { SetupShell, SetupStepView } from '../pages/index.ts';
import { type Guest, csrf_subject } from './guest.ts';
import type { Told } from './problems.ts';

export type StepName =
  | 'welcome'
  | 'domain'
  | 'provider'
  | 'vendor'
  | 'connection'
  | 'attributes'
  | 'test'
  | 'scim'
  | 'review'
  | 'manage'
  | 'done';

interface Step {
  readonly name: StepName;
  readonly title: string;
  readonly href: string;
}

const ALL: readonly (Step & { readonly of: 'domain' | 'connection' | 'scim' | 'every' })[] = [
  { name: 'welcome', title: 'Welcome', href: '/setup', of: 'every' },
  { name: 'domain', title: 'Your domain', href: '/setup/domain', of: 'domain' },
  { name: 'provider', title: 'Identity provider', href: '/setup/provider', of: 'connection' },
  { name: 'vendor', title: 'Its settings', href: '/setup/vendor', of: 'connection' },
  { name: 'connection', title: 'Your side', href: '/setup/connection', of: 'connection' },
  { name: 'attributes', title: 'Attributes', href: '/setup/attributes', of: 'connection' },
  { name: 'test', title: 'Test sign-in', href: '/setup/test', of: 'connection' },
  { name: 'scim', title: 'SCIM', href: '/setup/scim', of: 'scim' },
  { name: 'review', title: 'Look it over', href: '/setup/review', of: 'every' },
];

/** The steps of this link, in order. */
export const steps_of = ({ visit }: Pick<Guest, 'visit'>): readonly Step[] =>
  ALL.filter(({ of }) => of === 'every' || visit.steps.includes(of));

/** Where it goes back and on from a step. */
export function beside(guest: Guest, name: StepName): { readonly back: string; readonly next: string } {
  const steps = steps_of(guest);
  const at = steps.findIndex((step) => step.name === name);
  return { back: steps[at - 1]?.href ?? '/setup', next: steps[at + 1]?.href ?? '/setup/review' };
}

/** The first step that is not done. */
export const where_to_go_on = (guest: Guest): Step => {
  const steps = steps_of(guest);
  return (
    steps.find((step) => step.name !== 'welcome' && !is_done(guest, step.name)) ??
    steps.at(-1) ?? { name: 'welcome', title: 'Welcome', href: '/setup' }
  );
};

function is_done({ visit, domain_proven }: Guest, name: StepName): boolean {
  const { done } = visit.draft;
  if (name === 'domain') return domain_proven;
  if (name === 'welcome') return done.length > 0;
  if (name === 'attributes') return done.includes('mapping');
  return done.some((stage) => stage === name);
}

export interface ShellOptions {
  readonly told?: Told | undefined;
  readonly said?: string | undefined;
}

/** What stands around every page. */
export function shell_of(guest: Guest, at: StepName, { told, said }: ShellOptions = {}): SetupShell {
  const { deps, visit, organization, browser, person } = guest;
  const steps = at === 'done' || person !== undefined ? [] : steps_of(guest);
  return {
    organization_name: organization.name,
    vendor_name: deps.vendor_name,
    steps: steps.map(
      ({ name, title, href }): SetupStepView => ({ title, href, state: name === at ? 'current' : is_done(guest, name) ? 'done' : 'open' }),
    ),
    csrf: browser.csrf(csrf_subject(guest)),
    version: visit.version,
    expires_at: new Date(visit.expires_at),
    signed_in: person?.administrator.name,
    now: new Date(deps.now()),
    problem: told?.problem,
    said,
  };
}
