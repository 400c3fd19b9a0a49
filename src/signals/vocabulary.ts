export const SESSION_REVOKED = 'https://schemas.openid.net/secevent/caep/event-type/session-revoked';
export const VERIFICATION = 'https://schemas.openid.net/secevent/ssf/event-type/verification';
export const STREAM_UPDATED = 'https://schemas.openid.net/secevent/ssf/event-type/stream-updated';

/** What a stream may ask for; the other two tell of the stream itself. */
export const EVENTS: readonly string[] = [SESSION_REVOKED];

export const PUSH = 'urn:ietf:rfc:8935';
export const POLL = 'urn:ietf:rfc:8936';

/** RFC 8417 section 2.3: what keeps any other token from passing for one of these. */
export const SET_TYPE = 'secevent+jwt';
export const SET_MEDIA_TYPE = 'application/secevent+jwt';

/** Where what waits for a stream is in the outbox: a worker delivers the first, the app fetches the second, a paused stream keeps the third. */
export const KINDS = { push: 'ssf_push', poll: 'ssf_poll', held: 'ssf_held' } as const;
