/** The chain of audit events: every row is bound to all before it, by a task behind the writers. */
export { digest_of } from './digest.ts';
export { seal_chain } from './seal_chain.ts';
export { trim_chain } from './trim_chain.ts';
export { type ChainReport, ERASED, verify_chain } from './verify_chain.ts';
