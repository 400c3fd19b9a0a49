import 'reflect-metadata';
import { type KeyObject, generateKeyPairSync } from 'node:crypto';
import {
  type Note,
  prepare_certificates,
  Refusal,
  type Trust,
  type Verdict,
  type VerifiedAssertion,
  verify_response,
} from '../../../connectors/saml/verify/index.ts';
import { type Answer, assertion_xml, response_xml } from '../../../src/mock/saml/response.ts';
import { SP } from './connection.ts';
import { rsa_signer, sign_xml, type Signer, type SignOptions } from './signer.ts';

/** Noon, whenever. */
export const NOW = Date.UTC(2030, 0, 15, 12);
export const IDP = 'https://idp.partner.example/metadata';
export const REQUEST_ID = '_0123456789abcdef0123456789abcdef';
export const VICTIM = 'victim-1';
export const ATTACKER = 'attacker-1';

/** What the tests' identity provider signs with, and our key for what is encrypted. */
export interface Bench {
  readonly idp: Signer;
  /** Of somebody else: its certificate is not the connection's. */
  readonly stranger: Signer;
  readonly decryption: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
}

export async function make_bench(): Promise<Bench> {
  const [idp, stranger] = await Promise.all([rsa_signer(), rsa_signer()]);
  return { idp, stranger, decryption: generateKeyPairSync('rsa', { modulusLength: 2048 }) };
}

/** What is said unless a test says otherwise: about the attacker, who signs in honestly. */
export function an_answer(more: Partial<Answer> = {}): Answer {
  return {
    response_id: '_response1',
    assertion_id: '_assertion1',
    issuer: IDP,
    destination: SP.acs_url,
    recipient: SP.acs_url,
    audience: SP.entity_id,
    in_response_to: REQUEST_ID,
    name_id: ATTACKER,
    attributes: { mail: ['attacker@partner.example'], groups: ['readers'] },
    issued_at: NOW,
    session_index: '_session1',
    ...more,
  };
}

const ASSERTION_PATH = "//*[local-name(.)='Assertion']";
const RESPONSE_PATH = "/*[local-name(.)='Response']";

type Change = (xml: string) => string;

export interface Forging {
  readonly answer?: Partial<Answer>;
  readonly sign?: 'assertion' | 'response' | 'both' | 'nothing';
  readonly options?: SignOptions;
  readonly signer?: Signer;
  /** Before anything is signed: what a partner may honestly send. */
  readonly assertion?: Change;
  readonly response?: Change;
  /** Between the signature of the assertion and that of the response. */
  readonly sealed?: Change;
  /** When all is signed: what an attacker does. */
  readonly after?: Change;
}

/** XML of a response as the partner makes it, and as somebody may change it on the way. */
export function forge_xml(bench: Bench, forging: Forging = {}): string {
  const { sign = 'assertion', options = {}, signer = bench.idp } = forging;
  const answer = an_answer(forging.answer);
  const same: Change = (xml) => xml;
  let assertion = (forging.assertion ?? same)(assertion_xml(answer));
  if (sign === 'assertion' || sign === 'both') assertion = sign_xml(assertion, ASSERTION_PATH, signer, options);
  assertion = (forging.sealed ?? same)(assertion);
  let response = (forging.response ?? same)(response_xml(answer, assertion));
  if (sign === 'response' || sign === 'both') response = sign_xml(response, RESPONSE_PATH, signer, options);
  return (forging.after ?? same)(response);
}

export const base64 = (xml: string): string => Buffer.from(xml, 'utf8').toString('base64');

export function trust_of(bench: Bench, more: Partial<Trust> = {}): Trust {
  return {
    idp_entity_id: IDP,
    certificates: prepare_certificates([bench.idp.certificate_pem]),
    want_signed: 'either',
    want_encrypted: false,
    allow_sha1: false,
    decryption_keys: [bench.decryption.privateKey],
    audience: SP.entity_id,
    acs_url: SP.acs_url,
    clock_skew_seconds: 60,
    now: NOW,
    in_response_to: REQUEST_ID,
    ...more,
  };
}

type Checks = Parameters<Note>[0][];
export type Result = { readonly verdict: Verdict; readonly checks: Checks } | { readonly refusal: Refusal; readonly checks: Checks };

/** Verifies; anything but a verdict or a Refusal is a fault of ours and is thrown. */
export function try_response(message: string, trust: Trust): Result {
  const checks: Checks = [];
  try {
    return { verdict: verify_response(message, trust, (check) => checks.push(check)), checks };
  } catch (fault) {
    if (fault instanceof Refusal) return { refusal: fault, checks };
    throw fault;
  }
}

/** @throws Error unless this is an assertion that was believed */
export function accepted(result: Result): VerifiedAssertion {
  if ('refusal' in result) throw new Error(`refused as ${result.refusal.reason}: ${result.refusal.message}`);
  if (result.verdict.kind !== 'assertion') throw new Error(`a status: ${result.verdict.status}`);
  return result.verdict.assertion;
}

/** @throws Error unless it was refused, and a check says so */
export function refused(result: Result): Refusal {
  if ('verdict' in result) throw new Error(`accepted: ${JSON.stringify(result.verdict).slice(0, 300)}`);
  if (result.checks.every(({ ok }) => ok)) throw new Error(`no check says why: ${result.refusal.message}`);
  return result.refusal;
}

/** Replaces once; the text has to be there. */
export function swap(xml: string, from: string | RegExp, to: string): string {
  const found = typeof from === 'string' ? xml.includes(from) : from.test(xml);
  if (!found) throw new Error(`not there: ${String(from)}`);
  return xml.replace(from, () => to);
}
