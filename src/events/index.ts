/**
 * Events: delivers what the outbox holds (event hooks, back-channel logout), at least once, in order, from any process; the log of deliveries; asks inline hooks. Owns schedules and leases; owns no decision of what is sent.
 * Imports audit, storage and the kernel; the egress comes in as a function.
 */
export { type Deliveries, type DeliveryView, delivery_schemas, make_deliveries } from './deliveries.ts';
export { event_hook, type EventHookDeps } from './event_hook.ts';
export {
  type InlineHook,
  type InlineHooks,
  type InlineHooksDeps,
  type InlinePoint,
  make_inline_hooks,
  type Verdict,
} from './inline_hook.ts';
export { inline_test_schemas, try_inline_hook } from './try_inline_hook.ts';
export { back_channel_logout } from './back_channel_logout.ts';
export { scim_target } from './scim_target.ts';
export { signal_push } from './signal_push.ts';
export { outbox_depth } from './depth.ts';
export { type Deliverer, type Delivery, Hopeless, make_worker, PutOff, sweep_outbox, type Worker, type WorkerDeps } from './worker.ts';
