/** Links by which a partner sets itself up: made and ended by the vendor, and what the portal does with one. */
export { setup_link_schemas } from './schema.ts';
export type { CreatedSetupLinkView, SetupDraft, SetupLinkView, SetupStage, SetupStep } from './schema.ts';
export { make_setup_link_collection, type SetupLinkCollection } from './setup_links.ts';
export { make_setup_visits, type SetupVisit, type SetupVisits } from './visits.ts';
