/**
 * Set-up: the portal by which a partner sets itself up behind a link, without an account, and by which its named administrators look after what is in use:
 * `/setup`. Everything that it can do is a strict subset of the admin API for the one organization of the link or the person; it reads no secret back. Owns
 * the guides (`guides/`), no table and no rule of its own. Imports kernel, storage, pages, audit, http, organizations, directory and linking; test sign-ins,
 * and what is known of signed-in people, are passed in.
 */
export type { Administrator, SetupAdministrators } from './administrator.ts';
export type { SetupDeps } from './deps.ts';
export { setup_routes } from './routes.ts';
