/**
 * Signals: security events by the Shared Signals Framework 1.0. As a transmitter it tells an app of its own sessions that ended (CAEP), by push or poll;
 * as a receiver it hears of sessions that ended at a partner and ends those made through that one connection. Owns no end of access (tokens), no delivery
 * (events) and no registration of transmitters (organizations). May import organizations, audit, storage, http and the kernel.
 */
export type { ReceiverDeps, SetSigner, StreamRoutesDeps, TransmitterDeps } from './deps.ts';
export { receive_routes } from './receive.ts';
export { stream_routes } from './stream_routes.ts';
export { stream_context } from './streams.ts';
export { make_transmitter, type Transmitter } from './transmitter.ts';
