import { createHash } from 'node:crypto';
import { type Call, type Callback, ConnectorError, type LoginOutcome, type Pending, type Tools } from '../connector.ts';
import { alias_urls } from './acs_aliases.ts';
import { check_authentication } from './authentication.ts';
import { as_connector_error } from './faults.ts';
import { identity_of } from './identity.ts';
import type { LivePartner, Party } from './live_partner.ts';
import type { OwnKeys } from './own_keys.ts';
import type { SamlConfig } from './settings.ts';
import { outcome_of_status } from './status_outcome.ts';
import { usable_certificates } from './usable_certificates.ts';
import { type BoundedVerifier, Refusal, type Trust, type Verdict, type VerifiedAssertion } from './verify/index.ts';

export interface Receiving {
  readonly config: SamlConfig;
  readonly tools: Tools;
  readonly partner: LivePartner;
  readonly keys: OwnKeys;
  readonly entity_id: string;
  readonly verifier: BoundedVerifier;
}

/** Holds: the ACS takes one SAMLResponse by POST, and nothing twice. */
function message_of({ method, parameters, repeated }: Callback): string {
  if (method !== 'POST') throw new ConnectorError('malformed', 'the response came by GET, the assertion consumer service takes POST');
  if (repeated.includes('SAMLResponse') || repeated.includes('RelayState'))
    throw new ConnectorError('malformed', 'a parameter occurs more than once');
  const message = parameters['SAMLResponse'];
  if (message === undefined || message === '') throw new ConnectorError('malformed', 'there is no SAMLResponse');
  return message;
}

async function trust_of(
  { config, tools, keys, entity_id }: Receiving,
  party: Party,
  in_response_to: string | undefined,
  call: Call,
): Promise<Trust> {
  return {
    idp_entity_id: party.entity_id,
    certificates: usable_certificates(party, config, tools.now(), call),
    want_signed: config.want_signed,
    want_encrypted: config.want_encrypted,
    allow_sha1: config.allow_sha1,
    decryption_keys: await keys.decryption(),
    audience: entity_id,
    acs_url: tools.callback_url,
    acs_aliases: alias_urls(config, tools),
    clock_skew_seconds: config.clock_skew_seconds,
    now: tools.now(),
    in_response_to,
  };
}

/** Verifies; when the signature is by none of the keys that are known, asks the partner's metadata again, once in a while. */
async function verdict_of(receiving: Receiving, message: string, in_response_to: string | undefined, call: Call): Promise<Verdict> {
  const note = (check: Parameters<Call['check']>[0]): void => call.check(check);
  const verify = async (): Promise<Verdict> => {
    const trust = await trust_of(receiving, await receiving.partner.current(call.signal), in_response_to, call);
    return receiving.verifier.verify(message, trust, note);
  };
  try {
    return await verify();
  } catch (fault) {
    const may_be_rollover = fault instanceof Refusal && fault.reason === 'untrusted';
    if (!may_be_rollover || !(await receiving.partner.again(call.signal))) throw as_connector_error(fault);
    call.check({ name: 'metadata', ok: true, detail: 'the metadata was read anew, because the message could not be trusted' });
    return await verify().catch((again: unknown) => Promise.reject(as_connector_error(again)));
  }
}

/** Holds: one assertion of one issuer signs in once, on every process (SAML profiles 4.1.4.5). */
async function consume({ tools }: Receiving, { issuer, id, not_on_or_after }: VerifiedAssertion, call: Call): Promise<void> {
  const key = `assertion/${createHash('sha256').update(`${issuer}\n${id}`).digest('base64url')}`;
  const first = await tools.first_use(key, not_on_or_after);
  const detail = first ? 'seen for the first time' : 'this assertion was used before';
  call.check({ name: 'replay', ok: first, detail });
  if (!first) throw new ConnectorError('replayed', detail);
}

/** Everything between the form field and the identity. `pending` undefined: nobody asked. @throws ConnectorError */
export async function take_response(
  receiving: Receiving,
  callback: Callback,
  pending: Pending | undefined,
  call: Call,
): Promise<LoginOutcome> {
  const request_id = pending?.['request_id'];
  if (pending !== undefined && (typeof request_id !== 'string' || request_id === ''))
    throw new ConnectorError('malformed', 'the attempt that this answers has no request');
  const verdict = await verdict_of(receiving, message_of(callback), typeof request_id === 'string' ? request_id : undefined, call);
  if (verdict.kind === 'status') return outcome_of_status(verdict);
  const { assertion } = verdict;
  const refused = check_authentication(assertion, pending ?? {}, receiving.config, receiving.tools.now(), call);
  if (refused !== undefined) return refused;
  const identity = identity_of(assertion, receiving.config);
  await consume(receiving, assertion, call);
  return { ok: true, identity };
}
