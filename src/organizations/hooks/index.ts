/** Hooks: endpoints of the vendor, what they want to hear, and their secrets. */
export {
  event_hook_schemas,
  type EventHookCollection,
  type EventHookView,
  type HookTarget,
  make_event_hook_collection,
} from './event_hook.ts';
export {
  inline_hook_schemas,
  type InlineHookCollection,
  type InlineHookView,
  make_inline_hook_collection,
} from './inline_hook.ts';
export { hook_context, hook_secrets } from './secrets.ts';
