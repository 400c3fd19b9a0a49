/**
 * Events: delivers what the outbox holds, at least once, in order, from any process. Owns schedules and leases; owns no decision of what is sent.
 * Imports storage and the kernel; the egress comes in as a function.
 */
export { back_channel_logout } from './back_channel_logout.ts';
export { outbox_depth } from './depth.ts';
export { type Deliverer, type Delivery, make_worker, sweep_outbox, type Worker, type WorkerDeps } from './worker.ts';
