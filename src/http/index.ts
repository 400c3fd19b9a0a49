/**
 * HTTP: the Koa application, request ids, the client's address, forms and their anti-forgery values, rate limits, security headers,
 * the guarded egress client (`egress/`), and the four edges where errors become pages, RFC 9457 problems, OAuth or SCIM errors.
 * Owns no route of its own. Imports kernel and pages.
 */
export { type AppDeps, type ErrorPageOptions, is_back_channel, make_app, send_error_page } from './app.ts';
export { type Browser, type Browsers, make_browsers } from './browser.ts';
export { error_to_oauth, error_to_problem, scim_error, type Told, told } from './errors.ts';
export { form_body, form_of, json_body, type Parameters, query_of, text_body } from './forms.ts';
export { health_routes, look, metrics_handler } from './health.ts';
export { logged_path, make_log } from './log.ts';
export { type OwnCookie, own_cookie } from './own_cookie.ts';
export { type Arrived, make_own_sign_in, type OwnSignIn, redirect } from './own_sign_in.ts';
export { make_metrics, type Metrics, type MetricSources } from './metrics.ts';
export { type Limit, make_rate_limits, type RateLimits } from './rate_limit.ts';
export { type FrameWishes, frame_of, type RequestState, state_of } from './request_context.ts';
export { allow_frame, allow_frames, send_page } from './security_headers.ts';
export { type Listening, listen } from './server.ts';
