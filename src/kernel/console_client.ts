/** The console as an app of the issuer. */
export const CONSOLE_CLIENT = 'postern-console';

/** The portal in which an organization's own administrators look after what is in use, as an app of the issuer. */
export const PORTAL_CLIENT = 'postern-setup';

/** Apps that Postern registers itself, and sets right by itself. */
export const is_own_client = (client_id: unknown): boolean => client_id === CONSOLE_CLIENT || client_id === PORTAL_CLIENT;
