import type { Middleware } from 'koa';
import type { AdminDeps, ResourceDeps } from './deps.ts';
import { serve_documents } from './docs.ts';
import { openapi_document } from './openapi.ts';
import { connection_routes } from './resources/connections.ts';
import { figure_routes } from './resources/figures.ts';
import { hook_routes } from './resources/hooks.ts';
import { mapping_preview_routes } from './resources/mapping_preview.ts';
import { installation_routes } from './resources/installation.ts';
import { organization_routes } from './resources/organizations.ts';
import { offboarding_routes } from './resources/offboardings.ts';
import { page_text_routes } from './resources/page_texts.ts';
import { people_routes } from './resources/people.ts';
import { receipt_routes } from './resources/receipts.ts';
import { record_routes } from './resources/record.ts';
import { scim_target_routes } from './resources/scim_targets.ts';
import { setup_link_routes } from './resources/setup_links.ts';
import { scim_request_routes } from './resources/scim_requests.ts';
import { second_factor_routes } from './resources/second_factors.ts';
import { signal_stream_routes } from './resources/signal_streams.ts';
import { system_routes } from './resources/system.ts';
import { tenants_routes } from './resources/tenants.ts';
import { user_import_routes } from './resources/user_imports.ts';
import { sync_run_routes } from './resources/sync_runs.ts';
import type { Route } from './route.ts';
import { serve_routes } from './router.ts';

/** Every route of the API. Another collection is another line here. */
export const api_routes = (deps: ResourceDeps): Route[] => [
  ...organization_routes(deps),
  ...connection_routes(deps),
  ...sync_run_routes(deps),
  ...mapping_preview_routes(deps),
  ...setup_link_routes(deps),
  ...people_routes(deps),
  ...user_import_routes(deps),
  ...offboarding_routes(deps),
  ...installation_routes(deps),
  ...hook_routes(deps),
  ...scim_target_routes(deps),
  ...record_routes(deps),
  ...scim_request_routes(deps),
  ...receipt_routes(deps),
  ...figure_routes(deps),
  ...signal_stream_routes(deps),
  ...page_text_routes(),
  ...second_factor_routes(deps),
  ...system_routes(deps),
  ...tenants_routes(deps),
];

/** `/api/v1/…`, `/api/openapi.json` and `/api/docs`. */
export function admin_routes(deps: AdminDeps): Middleware {
  const routes = api_routes(deps);
  const documents = serve_documents(openapi_document(routes, deps.issuer_url));
  const api = serve_routes(deps, routes);
  return (ctx, next) => documents(ctx, () => api(ctx, next));
}
