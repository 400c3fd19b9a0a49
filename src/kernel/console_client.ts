/** The console as an app of the issuer. */
export const CONSOLE_CLIENT = 'postern-console';

/** The portal in which an organization's own administrators look after what is in use, as an app of the issuer. */
export const PORTAL_CLIENT = 'postern-setup';
