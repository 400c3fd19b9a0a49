import type { MessageKey } from './messages/en.ts';
import type { Locale } from './locale.ts';
import { translator, type TextOverrides } from './translate.ts';

export interface ErrorTexts {
  readonly title: MessageKey;
  readonly what_happened: MessageKey;
  readonly what_you_can_do: readonly MessageKey[];
}

export interface ErrorWords {
  readonly title: string;
  readonly what_happened: string;
  readonly what_you_can_do: readonly string[];
}

/** What a person reads for each public code. A new code is one line here and its texts in `messages/`. */
const catalogue: Readonly<Record<string, ErrorTexts>> = {
  login_expired: texts('title.expired', 'error.login_expired', 'do.start_again'),
  login_not_found: texts('title.expired', 'error.login_not_found', 'do.start_again'),
  browser_mismatch: texts('title.not_completed', 'error.browser_mismatch', 'do.start_again', 'do.one_window'),
  answer_invalid: texts('title.not_completed', 'error.answer_invalid', 'do.start_again', 'do.help_desk'),
  answer_replayed: texts('title.not_completed', 'error.answer_replayed', 'do.start_again'),
  clock_difference: texts('title.not_completed', 'error.clock_difference', 'do.start_again', 'do.help_desk'),
  invalid_credentials: texts('title.not_completed', 'error.invalid_credentials', 'do.check_typing', 'do.ask_access'),
  password_expired: texts('title.password', 'error.password_expired', 'do.change_password'),
  password_must_change: texts('title.password', 'error.password_expired', 'do.change_password'),
  cancelled: texts('title.cancelled', 'error.cancelled', 'do.start_again', 'do.other_account'),
  denied: texts('title.refused', 'error.denied', 'do.ask_access', 'do.other_account'),
  approval_pending: texts('title.not_completed', 'error.approval_pending', 'do.wait', 'do.ask_access'),
  check_failed: texts('title.not_completed', 'error.check_failed', 'do.wait', 'do.help_desk'),
  authentication_context: texts('title.not_completed', 'error.authentication_context', 'do.start_again', 'do.help_desk'),
  partner_error: texts('title.partner', 'error.partner_error', 'do.wait', 'do.help_desk'),
  partner_unreachable: texts('title.partner', 'error.partner_unreachable', 'do.wait', 'do.help_desk'),
  partner_timed_out: texts('title.partner', 'error.partner_timed_out', 'do.wait', 'do.help_desk'),
  partner_untrusted: texts('title.partner', 'error.partner_untrusted', 'do.help_desk'),
  connection_misconfigured: texts('title.setup', 'error.connection_misconfigured', 'do.help_desk'),
  connection_disabled: texts('title.refused', 'error.connection_disabled', 'do.help_desk'),
  organization_suspended: texts('title.refused', 'error.organization_suspended', 'do.help_desk'),
  organization_unknown: texts('title.not_completed', 'error.organization_unknown', 'do.try_again', 'do.ask_access'),
  app_not_allowed: texts('title.refused', 'error.app_not_allowed', 'do.ask_access'),
  user_inactive: texts('title.refused', 'error.user_inactive', 'do.ask_access', 'do.other_account'),
  not_in_allowed_group: texts('title.refused', 'error.not_in_allowed_group', 'do.ask_access', 'do.other_account'),
  no_account: texts('title.refused', 'error.no_account', 'do.ask_access', 'do.other_account'),
  link_refused: texts('title.refused', 'error.link_refused', 'do.help_desk', 'do.other_account'),
  attribute_missing: texts('title.setup', 'error.attribute_missing', 'do.help_desk'),
  unsolicited_refused: texts('title.not_completed', 'error.unsolicited_refused', 'do.start_again'),
  cookies_blocked: texts('title.cookies', 'error.cookies_blocked', 'do.allow_cookies'),
  too_many_requests: texts('title.too_many', 'error.too_many_requests', 'do.wait'),
  not_found: texts('title.not_found', 'error.not_found', 'do.check_address'),
  method_not_allowed: texts('title.request', 'error.method_not_allowed', 'do.check_address'),
  body_too_large: texts('title.request', 'error.body_too_large', 'do.start_again', 'do.help_desk'),
  unsupported_media_type: texts('title.request', 'error.unsupported_media_type', 'do.start_again', 'do.help_desk'),
  invalid_request: texts('title.request', 'error.invalid_request', 'do.start_again', 'do.help_desk'),
  internal: texts('title.internal', 'error.internal', 'do.wait', 'do.help_desk'),
  identifier_missing: texts('title.not_completed', 'error.identifier_missing', 'do.try_again'),
  code_invalid: texts('title.not_completed', 'error.code_invalid', 'do.try_again'),
};

/** Every code that has words of its own. */
export const error_codes: readonly string[] = Object.keys(catalogue);

/** The message keys for a public error code; an unknown code gets those of `internal`. */
export function error_texts(code: string): ErrorTexts {
  const found = Object.hasOwn(catalogue, code) ? catalogue[code] : undefined;
  return found ?? texts('title.internal', 'error.internal', 'do.wait', 'do.help_desk');
}

/** The same in a language, ready for `error_page`. `seconds`: the difference, where it is one of clocks and known. */
export function error_words(
  code: string,
  locale: Locale,
  { overrides, seconds }: { readonly overrides?: TextOverrides; readonly seconds?: number | undefined } = {},
): ErrorWords {
  const t = translator(locale, overrides);
  const keys = error_texts(code);
  const apart = code === 'clock_difference' && seconds !== undefined ? ` ${t('error.seconds_apart', { seconds })}` : '';
  return { title: t(keys.title), what_happened: t(keys.what_happened) + apart, what_you_can_do: keys.what_you_can_do.map((key) => t(key)) };
}

function texts(title: MessageKey, what_happened: MessageKey, ...what_you_can_do: MessageKey[]): ErrorTexts {
  return { title, what_happened, what_you_can_do };
}
