import { ConnectorError, type Departure, type Hint, type Pending, type Tools } from '../connector.ts';
import { alias_urls } from './acs_aliases.ts';
import { authn_request, requested_contexts } from './authn_request.ts';
import type { Party } from './live_partner.ts';
import type { OwnKeys } from './own_keys.ts';
import { choose_endpoint } from './partner.ts';
import { new_request_id } from './request_id.ts';
import { send_message } from './send_message.ts';
import type { SamlConfig } from './settings.ts';

/** The way to the partner, and what its answer will be held against. @throws ConnectorError */
export async function begin_login(
  hint: Hint,
  party: Party,
  { config, tools, keys, entity_id }: { config: SamlConfig; tools: Tools; keys: OwnKeys; entity_id: string },
): Promise<Departure> {
  const target = choose_endpoint(party.sign_on, config.sso_binding);
  if (target === undefined) throw new ConnectorError('misconfigured', 'the identity provider has no address for sign-in requests');
  const { binding, endpoint } = target;
  const id = new_request_id(hint.handle, tools);
  const asked_at = tools.now();
  const force_authn = hint.force_authn === true || config.force_authn || hint.max_age === 0;
  const contexts = requested_contexts(config, hint);
  const xml = authn_request(
    {
      id,
      issued_at: asked_at,
      destination: endpoint.location,
      issuer: entity_id,
      acs_url: alias_urls(config, tools)[0] ?? tools.callback_url,
      force_authn,
      contexts,
    },
    config,
    hint,
  );
  const signs = config.sign_requests || party.wants_signed_requests;
  const send = send_message({
    parameter: 'SAMLRequest',
    xml,
    binding,
    location: endpoint.location,
    relay_state: hint.handle,
    key: signs ? await keys.signing() : undefined,
  });
  // what only the partner can compare (minimum, maximum, better) is taken on its word
  const checked = hint.acr_values !== undefined && hint.acr_values.length > 0 ? true : config.authn_context_comparison === 'exact';
  const pending: Pending = {
    request_id: id,
    asked_at,
    force_authn,
    ...(hint.max_age !== undefined && { max_age: hint.max_age }),
    ...(contexts.length > 0 && checked && { contexts }),
  };
  return { send, pending };
}
