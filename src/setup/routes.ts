import Router from '@koa/router';
import type { Middleware } from 'koa';
import { state_of } from '../http/index.ts';
import { NotFound } from '../kernel/index.ts';
import type { SetupStep } from '../organizations/index.ts';
import { come_back, leave_for_issuer, show_door, sign_out } from './administrator_door.ts';
import { session_here } from './administrator_session.ts';
import type { SetupDeps } from './deps.ts';
import { first_use } from './first_use.ts';
import { read_form, type SetupForm } from './form.ts';
import { csrf_subject, enter, go, type Guest, link_cookie } from './guest.ts';
import { add_certificate, add_contact, remove_contact, show_manage, show_sign_in } from './manage.ts';
import { problem_of } from './problems.ts';
import { show_attributes, take_attributes } from './step_attributes.ts';
import { show_connection, take_connection } from './step_connection.ts';
import { add_domain, check_domain, remove_domain, show_domain } from './step_domain.ts';
import { leave_vendor, show_provider, show_vendor, take_provider } from './step_provider.ts';
import { show_done, show_review, take_review } from './step_review.ts';
import { leave_scim, make_token, remove_token, show_scim } from './step_scim.ts';
import { show_test, start_test } from './step_test.ts';
import { show_welcome } from './step_welcome.ts';
import type { ShellOptions } from './steps.ts';

type Show = (guest: Guest, options?: ShellOptions, form?: SetupForm) => Promise<void> | void;
/** Answers where to go; nothing when it has answered itself. */
type Take = (guest: Guest, form: SetupForm) => Promise<string | undefined>;

/** `/setup/…`: the portal. */
export function setup_routes(deps: SetupDeps): Middleware {
  const router = new Router();
  const page = (path: string, of: SetupStep | undefined, show: Show): void => {
    router.get(path, async (ctx) => {
      const guest = await admitted(deps, ctx, of);
      if (guest !== undefined) await show(guest);
    });
  };
  /** `looks`: it changes nothing that two people could change against each other. */
  const form = (path: string, of: SetupStep | undefined, show: Show, take: Take, { looks = false } = {}): void => {
    router.post(path, posted(deps, of, show, take, looks));
    // the address of a form, opened by hand or by the back button
    if (!router.stack.some((layer) => layer.path === path && layer.methods.includes('GET')))
      router.get(path, (ctx) => go(ctx, path.slice(0, path.lastIndexOf('/'))));
  };

  router.use('/setup', async (ctx, next) => {
    await deps.rate_limits.count('login', state_of(ctx).ip);
    await next();
  });
  router.get('/setup', async (ctx) => {
    if (link_cookie(deps).get(ctx) === undefined && (await session_here(deps, ctx)) === undefined) return show_door(deps, ctx);
    const guest = await enter(deps, ctx);
    if (guest !== undefined) await show_welcome(guest);
  });
  router.get('/setup/enter', (ctx) => leave_for_issuer(deps, ctx));
  router.get('/setup/callback', (ctx) => come_back(deps, ctx));
  page('/setup/domain', 'domain', show_domain);
  page('/setup/provider', 'connection', show_provider);
  page('/setup/vendor', 'connection', show_vendor);
  page('/setup/connection', 'connection', show_connection);
  page('/setup/attributes', 'connection', show_attributes);
  page('/setup/test', 'connection', show_test);
  page('/setup/scim', 'scim', (guest, options) => show_scim(guest, options));
  page('/setup/review', undefined, show_review);
  page('/setup/done', undefined, show_done);
  page('/setup/manage', undefined, (guest, options) => show_manage(guest, options));
  router.get('/setup/manage/sign-ins/:reference', async (ctx) => {
    const guest = await admitted(deps, ctx, 'connection');
    if (guest !== undefined) await show_sign_in(guest);
  });

  form('/setup/domain', 'domain', show_domain, add_domain);
  form('/setup/domain/check', 'domain', show_domain_again, check_domain, { looks: true });
  form('/setup/domain/remove', 'domain', show_domain_again, remove_domain);
  form('/setup/provider', 'connection', show_provider, take_provider);
  form('/setup/vendor', 'connection', show_vendor, leave_vendor, { looks: true });
  form('/setup/connection', 'connection', show_connection, take_connection);
  form('/setup/attributes', 'connection', show_attributes, take_attributes);
  form('/setup/test', 'connection', show_test, start_test, { looks: true });
  form('/setup/scim', 'scim', show_scim_again, async (guest) => show_scim(guest, {}, await make_token(guest)).then(nowhere));
  form('/setup/scim/remove', 'scim', show_scim_again, async (guest, sent) => remove_token(guest, sent).then(() => '/setup/scim'));
  form('/setup/scim/done', 'scim', show_scim_again, leave_scim, { looks: true });
  form('/setup/review', undefined, show_review, take_review);
  form('/setup/manage/certificate', 'connection', show_manage_again, add_certificate);
  form('/setup/manage/scim', 'scim', show_manage_again, async (guest) => show_manage(guest, {}, await make_token(guest)).then(nowhere));
  form('/setup/manage/scim/remove', 'scim', show_manage_again, async (guest, sent) =>
    remove_token(guest, sent).then(() => '/setup/manage'),
  );
  form('/setup/manage/contact', undefined, show_manage_again, add_contact);
  form('/setup/manage/contact/remove', undefined, show_manage_again, remove_contact);
  form('/setup/manage/sign-out', undefined, show_manage_again, sign_out, { looks: true });

  router.get('/setup/:token', (ctx) => first_use(deps, ctx));
  return router.routes() as unknown as Middleware; // the router's context is Koa's with more in it
}

const nowhere = (): undefined => undefined;
const show_domain_again: Show = (guest, options) => show_domain(guest, options);
const show_scim_again: Show = (guest, options) => show_scim(guest, options);
const show_manage_again: Show = (guest, options) => show_manage(guest, options);

/** Who is there, for a page that this link is for. @throws NotFound for one that it is not for */
async function admitted(deps: SetupDeps, ctx: Guest['ctx'], of: SetupStep | undefined): Promise<Guest | undefined> {
  const guest = await enter(deps, ctx);
  if (guest !== undefined && of !== undefined && !guest.visit.steps.includes(of)) throw new NotFound('page');
  return guest;
}

/** One form: read, from this browser, not overtaken; what goes wrong is said on the page where it did, and nothing has changed. */
function posted(deps: SetupDeps, of: SetupStep | undefined, show: Show, take: Take, looks: boolean): Middleware {
  return async (ctx) => {
    const guest = await admitted(deps, ctx, of);
    if (guest === undefined) return;
    let form: SetupForm | undefined;
    try {
      await deps.rate_limits.count('setup', guest.visit.id);
      form = await read_form(ctx);
      guest.browser.check_csrf(csrf_subject(guest), form.get('csrf'));
      // whoever is signed in has no draft that two could overtake each other in
      const visit =
        looks || guest.person !== undefined
          ? guest.visit
          : await deps.organizations.setup_visits.claim(guest.visit, Number(form.get('version')));
      const where = await take({ ...guest, visit }, form);
      if (where !== undefined) go(ctx, where);
    } catch (error) {
      const told = problem_of(error);
      if (told === undefined) throw error;
      // whatever the link is by now: it may have ended meanwhile
      const again = await admitted(deps, ctx, of);
      if (again !== undefined) await show(again, { told }, form);
    }
  };
}
