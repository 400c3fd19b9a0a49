/** The console as an app of the issuer. */
export const CONSOLE_CLIENT = 'postern-console';
