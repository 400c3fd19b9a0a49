import { children_named, type Element, element_children, text_of } from '../xml/index.ts';
import { type Clock, optional_time } from './clock.ts';
import { type Note, Refusal, refuse } from './refusal.ts';
import { ASSERTION } from './vocabulary.ts';

/** SAML core 2.5.1; a Condition of a type that we do not know makes validity indeterminate, which is not valid. */
const KNOWN: ReadonlySet<string> = new Set(['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction']);

/** Holds: the time frame contains now, and every AudienceRestriction (one at least) names our entity id exactly. Answers when it ends. @throws Refusal, XmlFault */
export function check_conditions(conditions: Element, audience: string, clock: Clock, note: Note): number | undefined {
  for (const { local, namespace } of element_children(conditions)) {
    if (namespace !== ASSERTION || !KNOWN.has(local)) throw new Refusal('malformed', 'the Conditions hold a condition that is not known');
  }
  const begins = optional_time(conditions, 'NotBefore');
  const ends = optional_time(conditions, 'NotOnOrAfter');
  if (begins !== undefined) clock.require_begun(begins, 'NotBefore of the Conditions');
  if (ends !== undefined) clock.require_not_ended(ends, 'NotOnOrAfter of the Conditions');
  if (begins !== undefined && ends !== undefined && begins >= ends) throw new Refusal('malformed', 'the Conditions end before they begin');
  const restrictions = children_named(conditions, ASSERTION, 'AudienceRestriction');
  const fix = `Set the audience (SP entity id) of this application to ${audience}`;
  if (restrictions.length === 0) refuse(note, 'audience', 'malformed', 'the assertion has no AudienceRestriction', fix);
  for (const restriction of restrictions) {
    const audiences = element_children(restriction).map((child) => {
      if (child.local !== 'Audience' || child.namespace !== ASSERTION)
        throw new Refusal('malformed', 'an AudienceRestriction holds something else than Audience');
      return text_of(child);
    });
    if (!audiences.includes(audience)) {
      refuse(
        note,
        'audience',
        'malformed',
        `the assertion is for ${audiences.slice(0, 3).join(', ').slice(0, 600) || 'nobody'}, not for ${audience}`,
        fix,
      );
    }
  }
  note({ name: 'audience', ok: true, detail: audience });
  return ends;
}
