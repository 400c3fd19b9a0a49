/** Whether what a trace says of the partner's words was verified: what a refused test heard stands under `unverified`. */
export const vouched_for = (personal: unknown): boolean => typeof personal !== 'object' || personal === null || !('unverified' in personal);
