/**
 * Linking: from a partner's verified identity to the user of one organization: maps attributes, finds, links, provisions.
 * Owns no session and no protocol. Imports kernel, storage, audit, users, of organizations who owns what of a person, and the connector seam; the configuration and
 * the inline hook are passed in.
 */
export { type HookAnswer, type Linking, type LinkingDeps, type LinkInput, type LinkResult, make_linking } from './link.ts';
export { LinkQuestion } from './meet.ts';
export { type MappedAttributes, type MappedPerson, map_attributes } from './map_attributes.ts';
export { type PartnerConnection, type PartnerPeople, partner_people, type PartnerPerson } from './partner_people.ts';
export type { Preview } from './preview.ts';
export { default_mappings, type Mapping, type MappingRule, rule_of } from './mapping.ts';
