import type { ConnectorType, RedirectConnector } from '../connector.ts';
import { alias_urls } from './acs_aliases.ts';
import { begin_login } from './begin_login.ts';
import { claimed } from './claimed.ts';
import { fetch_partner, live_partner } from './live_partner.ts';
import { make_logout } from './logout.ts';
import { own_keys } from './own_keys.ts';
import { own_metadata } from './own_metadata.ts';
import { preflight } from './preflight.ts';
import { make_metadata_reader } from './read_metadata.ts';
import { handle_of } from './request_id.ts';
import { parse_settings, type SamlConfig } from './settings.ts';
import { take_response } from './take_response.ts';
import { certificate_trust } from './trust_keeping.ts';
import { make_bounded_verifier, make_turns } from './verify/index.ts';

/** SAML 2.0, Web Browser SSO and Single Logout, as service provider. One for a process: what its connections may cost together is bounded. */
export function make_saml(): ConnectorType<SamlConfig> {
  const turns = make_turns();
  const read_metadata = make_metadata_reader(turns);
  return {
    protocol: 'saml',
    parse: parse_settings,
    secrets: [],
    endpoints: ['metadata_url', 'metadata_xml', 'entity_id', 'sso_url', 'slo_url'],

    async resolve({ source }, tools) {
      if (source.kind === 'known') return {};
      return { partner: await fetch_partner(source, tools, read_metadata), fetched_at: tools.now() };
    },

    trust: certificate_trust,

    open(config, tools, resolved): RedirectConnector {
      const parts = {
        config,
        tools,
        read_metadata,
        partner: live_partner(config, tools, resolved, read_metadata),
        keys: own_keys(tools),
        entity_id: config.sp_entity_id ?? tools.entity_id,
        verifier: make_bounded_verifier({ turns }),
      };
      return {
        kind: 'redirect',
        async begin(hint, call) {
          return begin_login(hint, await parts.partner.current(call.signal), parts);
        },
        handle_of,
        claimed,
        finish: (callback, pending, call) => take_response(parts, callback, pending, call),
        ...(config.idp_initiated === 'accept' && {
          finish_unsolicited: (callback, call) => take_response(parts, callback, undefined, call),
        }),
        ...(config.idp_initiated === 'convert' && { unsolicited: 'convert' }),
        logout: make_logout(parts),
        async metadata() {
          const body = own_metadata({
            entity_id: parts.entity_id,
            acs_url: tools.callback_url,
            acs_aliases: alias_urls(config, tools),
            slo_url: tools.logout_url,
            signs_requests: config.sign_requests,
            want_assertions_signed: config.want_signed !== 'response',
            name_id_format: config.name_id_format,
            keys: await parts.keys.published(),
          });
          return { content_type: 'application/samlmetadata+xml', body };
        },
        preflight: (call) => preflight(parts, call),
      };
    },
  };
}
