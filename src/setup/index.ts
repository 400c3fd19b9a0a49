/**
 * Set-up: the portal by which a partner sets itself up behind a link, without an account: `/setup/…`. Everything that it can do is a strict
 * subset of the admin API for the one organization of the link; it reads no secret back. Owns the guides (`guides/`), no table and no rule of
 * its own. Imports kernel, pages, audit, http, organizations, directory and linking; test sign-ins are passed in.
 */
export type { Administrator, SetupAdministrators } from './administrator.ts';
export type { SetupDeps } from './deps.ts';
export { setup_routes } from './routes.ts';
