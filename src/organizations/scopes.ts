/** RFC 6749 section 3.3. */
export const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/;

/** Scopes of the issuer itself, which no resource may offer. */
export const ISSUER_SCOPES: readonly string[] = ['openid', 'offline_access', 'profile', 'email', 'groups', 'roles', 'address', 'phone'];

/** Opens the admin API. */
export const ADMIN_SCOPE = 'postern:admin';

/** Lets an app keep a stream of security events (the name that the CAEP interoperability profile has for it). */
export const SIGNALS_SCOPE = 'ssf.manage';

/** For an owner to give: no resource offers them, and no app registers itself with one. */
export const OWNERS_SCOPES: readonly string[] = [ADMIN_SCOPE, SIGNALS_SCOPE];
