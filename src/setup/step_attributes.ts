import { send_page } from '../http/index.ts';
import { InvalidInput } from '../kernel/index.ts';
import { default_mappings, map_attributes, type Mapping, rule_of } from '../linking/index.ts';
import type { ConnectionView } from '../organizations/index.ts';
import { type SetupAttribute, setup_attributes_page } from '../pages/index.ts';
import { draft_of, own_draft } from './draft.ts';
import { given, type SetupForm } from './form.ts';
import type { Guest } from './guest.ts';
import { last_test, type LastTest, named } from './last_test.ts';
import { show_provider } from './step_provider.ts';
import { beside, type ShellOptions, shell_of } from './steps.ts';

const FIELDS = [
  ['email', 'E-mail address'],
  ['given_name', 'First name'],
  ['family_name', 'Last name'],
  ['display_name', 'Name to show'],
  ['groups', 'Groups'],
] as const;
const USUAL_ID = ['mail', 'email'];

export async function show_attributes(guest: Guest, options: ShellOptions = {}, form?: SetupForm): Promise<void> {
  const draft = await draft_of(guest);
  if (draft === undefined) return show_provider(guest, options);
  const { view, version } = draft;
  const test = await last_test(guest);
  const sample = sample_of(view, test);
  const page = {
    rows: FIELDS.map(
      ([name, label]): SetupAttribute => ({
        ...{ name, label },
        from: form?.get(name) ?? own_name(view, name) ?? '',
        usual: usual_names(view.protocol, name),
        sample: sample.get(name),
      }),
    ),
    received: named({ ...test?.said.attributes }),
    kept: Object.entries(view.attribute_mapping ?? {})
      .filter(([name, rule]) => !is_simple(name, rule))
      .map(([name]) => name),
    email_required:
      form === undefined ? rule_of(view.attribute_mapping?.['email'])?.required === true : form.get('email_required') === 'on',
    version,
    back: beside(guest, 'attributes').back,
    test: '/setup/test',
  };
  send_page(guest.ctx, options.told?.status ?? 200, setup_attributes_page(page, shell_of(guest, 'attributes', options), guest.frame));
}

/** What the mapping of now makes of the last test sign-in. */
function sample_of(view: ConnectionView, test: LastTest | undefined): ReadonlyMap<string, string> {
  const { attributes, subject } = test?.said ?? {};
  if (attributes === undefined) return new Map();
  const mapped = map_attributes(view.attribute_mapping, view.protocol, { subject: subject ?? '', attributes });
  const person: Readonly<Record<string, unknown>> = mapped.ok ? { ...mapped.person } : {};
  return new Map(
    Object.entries(person).flatMap(([name, value]): [string, string][] => {
      if (typeof value === 'string') return [[name, value]];
      return Array.isArray(value) && value.length > 0 ? [[name, value.slice(0, 10).join(', ')]] : [];
    }),
  );
}

const usual_rule = (protocol: ConnectionView['protocol'], name: string): unknown => default_mappings[protocol][name];

function usual_names(protocol: ConnectionView['protocol'], name: string): readonly string[] {
  const from = rule_of(usual_rule(protocol, name))?.from;
  if (from === undefined) return USUAL_ID;
  return typeof from === 'string' ? [from] : from;
}

/** The one name that somebody gave; undefined for the usual ones. */
function own_name(view: ConnectionView, name: string): string | undefined {
  const from = rule_of(view.attribute_mapping?.[name])?.from;
  return typeof from === 'string' && from !== rule_of(usual_rule(view.protocol, name))?.from ? from : undefined;
}

/** Whether the form shows all of it. */
function is_simple(name: string, rule: unknown): boolean {
  const read = rule_of(rule);
  const names = new Set<string>(FIELDS.map(([field]) => field));
  return names.has(name) && read !== undefined && !['join', 'split', 'match', 'value'].some((part) => Object.hasOwn(read, part));
}

export async function take_attributes(guest: Guest, form: SetupForm): Promise<string> {
  const { deps, visit, act } = guest;
  const { view } = await own_draft(guest);
  const seen_version = Number(form.get('connection_version'));
  if (!Number.isSafeInteger(seen_version)) throw new InvalidInput('malformed_body', 'The form is not complete.', { status: 422 });
  const { version } = await deps.organizations
    .connections(visit.org_id)
    .update(view.id, { attribute_mapping: mapping_patch(view, form) }, act, seen_version);
  const done = visit.draft.done.filter((stage) => version === seen_version || stage !== 'test');
  await deps.organizations.setup_visits.save(visit, { done }, act, 'mapping');
  return '/setup/test';
}

/** Null while everything is as usual; otherwise the usual rules stand beside what is named, for what is not named would not be read. */
function mapping_patch(view: ConnectionView, form: SetupForm): Mapping | null {
  const before = view.attribute_mapping ?? {};
  const kept = Object.entries(before).filter(([name, rule]) => !is_simple(name, rule));
  const required = form.get('email_required') === 'on';
  if (kept.length === 0 && !required && FIELDS.every(([name]) => given(form, name) === undefined)) return null;
  const rules = FIELDS.filter(([name]) => !kept.some(([other]) => other === name)).map(([name]): [string, unknown] => {
    const from = given(form, name) ?? rule_of(usual_rule(view.protocol, name))?.from ?? name;
    // RFC 7396 merges: what is no longer required has to be said
    if (name === 'email') return [name, required ? { from, required: true } : typeof from === 'string' ? from : { from, required: null }];
    return [name, typeof from === 'string' ? from : { from }];
  });
  return Object.fromEntries(rules);
}
