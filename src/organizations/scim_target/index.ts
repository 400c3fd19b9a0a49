/** SCIM targets: where the people of an app are told to it, what is sent, and what the target can bear. Sends nothing itself. */
export { capabilities_of, type Capabilities } from './capabilities.ts';
export { parse_target_path, type TargetPath } from './path.ts';
export { scim_target_schemas, type ScimTargetView } from './schema.ts';
export { forget_target, make_scim_target_collection, require_target, type ScimTargetCollection, target_context } from './scim_target.ts';
