/** RFC 6749 section 3.3. */
export const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/;

/** Scopes of the issuer itself, which no resource may offer. */
export const ISSUER_SCOPES: readonly string[] = ['openid', 'offline_access', 'profile', 'email', 'groups', 'roles', 'address', 'phone'];

/** Opens the admin API. */
export const ADMIN_SCOPE = 'postern:admin';
