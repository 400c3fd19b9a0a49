/**
 * The seam between Postern and a partner's identity provider. Imports nothing, knows no organization and no user:
 * a connector cannot leak across organizations because it has no word for one.
 */

/** The partner's own attribute names, each with its values in the partner's order. */
export type Attributes = Readonly<Record<string, readonly string[]>>;

/** Who the partner says this is. Everything in it was verified. */
export interface Identity {
  /** Immutable at the partner (objectGUID, entryUUID, persistent NameID, `sub`), never an e-mail by choice. 1 to 255 characters. */
  readonly subject: string;
  readonly subject_format?: string; // SAML: the NameID format URI
  readonly attributes: Attributes;
  /** What the partner itself said of the e-mail; absent when it said nothing (SAML and LDAP never say). */
  readonly email_verified?: boolean;
  /** When the person last authenticated at the partner, epoch milliseconds. Absent: now. */
  readonly authenticated_at?: number;
  /** The session here must not outlive this, epoch milliseconds (SAML SessionNotOnOrAfter). */
  readonly session_expires_at?: number;
  /** Authentication context class (SAML AuthnContextClassRef, OIDC `acr`). */
  readonly acr?: string;
  /** Authentication methods, RFC 8176 values where known. */
  readonly amr?: readonly string[];
  /** What `logout` needs later to end the partner's session: opaque to everyone but the connector. */
  readonly session?: Readonly<Record<string, string>>;
  /** What `recheck` asks the partner again with: opaque to everyone but the connector, and a secret. */
  readonly recheck?: Readonly<Record<string, string>>;
  /** What the partner's message says of itself, decoded, for traces: issuer, times, signatures, nothing of the person. Plain JSON. */
  readonly decoded?: Readonly<Record<string, unknown>>;
}

/** One thing that was looked at during a sign-in, for the login trace. `detail` is safe for operators: no secret, no token. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  /** What the partner's or our admin has to change, where that is known. */
  readonly fix?: string;
}

/** What accompanies one call: its deadline, and where its checks are noted (also those of a call that then throws). */
export interface Call {
  readonly signal: AbortSignal;
  check(check: Check): void;
  /** Hears, once or more, what a fetched answer says of itself, verified by nobody: shown to whoever tries the connection when it is refused, never used. Absent: nothing is read for it. */
  hear?(said: Readonly<Record<string, unknown>>): void;
}

/** Why a partner, working as it should, did not let this person in. */
export type RefusalReason =
  | 'invalid_credentials' // wrong password, unknown or ambiguous user, disabled, locked: never told apart outside
  | 'password_expired' // right password, too old
  | 'password_must_change' // right password, given to them by somebody: they must choose their own first
  | 'cancelled' // the person, or the partner, ended the sign-in
  | 'denied' // the partner refuses this person (not assigned, no consent)
  | 'authentication_context' // the required acr, max_age or fresh login was not given
  | 'partner_error'; // the partner answered with an error of its own

export type LoginOutcome =
  | { readonly ok: true; readonly identity: Identity }
  /** `detail` is for trace and log only. */
  | { readonly ok: false; readonly reason: RefusalReason; readonly detail: string };

export type FaultReason =
  | 'unreachable' // could not connect
  | 'timed_out'
  | 'untrusted' // TLS, signature or key not trusted
  | 'malformed' // not a message of this protocol, or not for us
  | 'replayed'
  | 'expired' // the message, or the request that it answers
  | 'misconfigured'; // the connection cannot work as it is set up

/** A fault: something is broken or forged. `message` is for operators (trace, log), never for the person. */
export class ConnectorError extends Error {
  readonly reason: FaultReason;
  /** What to change, where that is known. */
  readonly fix: string | undefined;
  /** `expired`: how far the message is from our clock, where that is known. The person may be told. */
  readonly seconds: number | undefined;
  constructor(reason: FaultReason, message: string, options?: { cause?: unknown; fix?: string; seconds?: number }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ConnectorError';
    this.reason = reason;
    this.fix = options?.fix;
    this.seconds = options?.seconds;
  }
}

/** A wrong settings field: `path` as in the API body (`saml.sso_url`), `message` says what is wrong and how to mend it. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** What the app asked for, as far as the partner has to know. */
export interface Hint {
  /** Opaque, URL-safe, at most 80 bytes, single use: becomes RelayState or `state` and comes back in the callback. */
  readonly handle: string;
  readonly login_hint?: string;
  /** The person must authenticate anew (`prompt=login`). */
  readonly force_authn?: boolean;
  /** Seconds. `finish` refuses an older authentication. */
  readonly max_age?: number;
  /** Any of these satisfies. `finish` refuses another. */
  readonly acr_values?: readonly string[];
  readonly ui_locales?: string;
}

/** Kept server-side between `begin` and `finish`, handed back once. Plain JSON. */
export type Pending = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface Departure {
  readonly send:
    | { readonly method: 'GET'; readonly url: string }
    | { readonly method: 'POST'; readonly url: string; readonly fields: Readonly<Record<string, string>> };
  readonly pending: Pending;
}

/** What arrived at the callback address: raw parameters, first value of each name; a repeated name is listed in `repeated`. */
export interface Callback {
  readonly method: 'GET' | 'POST';
  readonly parameters: Readonly<Record<string, string>>;
  readonly repeated: readonly string[];
  /** GET: the query as it was sent, without `?`: signatures may cover these very characters (SAML Redirect binding). */
  readonly query?: string;
}

export interface RedirectConnector {
  readonly kind: 'redirect';
  /** Starts a sign-in at the partner. @throws ConnectorError */
  begin(hint: Hint, call: Call): Promise<Departure>;
  /** The handle that this callback answers, read without trusting anything else in it; undefined when it carries none (unsolicited). */
  handle_of(callback: Callback): string | undefined;
  /** Verifies the whole answer against what was pending. @throws ConnectorError */
  finish(callback: Callback, pending: Pending, call: Call): Promise<LoginOutcome>;
  /** What an answer that the browser brought and that was refused says of itself, verified by nobody: shown to whoever tries the connection, never used. What is fetched is heard by `Call.hear`. */
  claimed?(callback: Callback): Readonly<Record<string, unknown>> | undefined;
  /** Verifies a sign-in that nobody asked for (SAML IdP-initiated, mode "accept"); absent when the connection does not take them. */
  finish_unsolicited?(callback: Callback, call: Call): Promise<LoginOutcome>;
  /** "convert": an unsolicited answer is not read, but starts a sign-in of our own at this partner. */
  readonly unsolicited?: 'convert';
  readonly logout?: Logout;
  /** Asks the partner again about somebody who is signed in; absent where the connection keeps nothing to ask with. */
  readonly recheck?: Recheck;
  /** Our side's document for the partner (SAML metadata). */
  metadata?(): Promise<{ readonly content_type: string; readonly body: string }>;
  /** Pre-flight of `POST …/connections/{id}/test`: reachable, certificates, endpoints, clock. Never throws for a partner's failure. */
  preflight(call: Call): Promise<readonly Check[]>;
  close?(): Promise<void>;
}

/** Whether somebody who has signed in may still be signed in: the partner is the one who knows. */
export interface Recheck {
  /** Milliseconds: the partner is asked at most this often about one sign-in. */
  readonly every: number;
  /** Milliseconds for which a partner that gives no answer is borne with. */
  readonly grace: number;
  /** `kept` of the answer replaces what was kept. `ok: false` is the partner's no; no answer is a fault. `detail` is for log and record only. @throws ConnectorError */
  ask(kept: Readonly<Record<string, string>>, call: Call): Promise<Rechecked>;
}

export type Rechecked =
  | { readonly ok: true; readonly kept: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly detail: string };

/** Single logout, both directions. */
export interface Logout {
  /** Tells the partner that the session ended here; undefined when the partner has no way to hear it. */
  begin(session: Readonly<Record<string, string>>, handle: string, call: Call): Promise<Departure | undefined>;
  /** A logout message from the partner: a request to end sessions here, or the answer to ours. @throws ConnectorError */
  receive(callback: Callback, call: Call): Promise<LogoutMessage>;
}

export type LogoutMessage =
  | {
      readonly kind: 'request';
      /** Sessions that match: same subject and, where given, the same session values. */
      readonly subject?: string;
      readonly session?: Readonly<Record<string, string>>;
      /** What this message is known by: taken, once, in the unit of work that acts on it, so that one which failed may come again. */
      readonly once: { readonly key: string; readonly expires_at: number };
      /** What to send back once they ended; absent when the channel has no answer. */
      answer?(ended: boolean): Promise<Departure['send']>;
    }
  | { readonly kind: 'answer'; readonly handle: string | undefined; readonly complete: boolean; readonly detail: string };

export interface CredentialConnector {
  readonly kind: 'credential';
  /** Checks a password at the partner. @throws ConnectorError */
  verify(credentials: { readonly username: string; readonly password: string }, call: Call): Promise<LoginOutcome>;
  readonly directory?: DirectoryReader;
  preflight(call: Call): Promise<readonly Check[]>;
  close?(): Promise<void>;
}

/** Pull sync: pages of people and groups. Each entry is keyed by its immutable id. */
export interface DirectoryReader {
  /** Everyone, page by page; `since` (what `read_up_to` was told): who has not changed since may come as `unchanged`. Throws rather than ending early: a cut list must never look whole. */
  people(call: Call, since?: string, read_up_to?: (cursor: string) => void): AsyncIterable<readonly DirectoryPerson[]>;
}

export interface DirectoryPerson {
  readonly subject: string;
  readonly attributes: Attributes;
  readonly active: boolean;
  /** The entry is as it was: of `attributes`, only what says which groups they are in counts. May be followed by the same person, changed. */
  readonly unchanged?: boolean;
}

export type Connector = RedirectConnector | CredentialConnector;

/** An answer of `Tools.fetch`: whole, already within size and time limits. */
export interface FetchResult {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>; // names in lower case
  readonly body: Uint8Array;
}

export interface FetchRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly max_bytes?: number; // default 1 MiB, after decompression
  readonly timeout_ms?: number; // in all, default 5000
  readonly signal?: AbortSignal;
}

/** A TCP target whose address passed the egress rules: connect to `address`, verify TLS for `servername`. */
export interface AllowedTarget {
  readonly address: string;
  readonly family: 4 | 6;
  readonly servername: string;
}

/** Everything impure that a connector may use. Nothing in it can name an organization or a user. */
export interface Tools {
  /** Epoch milliseconds. */
  now(): number;
  random_bytes(length: number): Uint8Array;
  /** The guarded egress: https (or allowed private http) only, one resolution, no redirects, capped. @throws ConnectorError unreachable | timed_out | misconfigured | malformed (too large) */
  fetch(url: string, request?: FetchRequest): Promise<FetchResult>;
  /** Resolves a host once through the same guard, for protocols that are not HTTP. @throws ConnectorError unreachable | misconfigured */
  resolve(host: string): Promise<AllowedTarget>;
  /** True the first time this key is seen before `expires_at` (epoch milliseconds), in every process; atomic. Scoped to this connection. */
  first_use(key: string, expires_at: number): Promise<boolean>;
  /** For operators; secrets are redacted by contract of the caller, not by hope. */
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string, fields?: Readonly<Record<string, unknown>>): void;
  /** Where the partner answers: SAML ACS, OIDC redirect URI. Absolute, from the configured issuer. */
  readonly callback_url: string;
  /** Where the partner's logout messages arrive. */
  readonly logout_url: string;
  /** SAML: our entity id, also where our metadata lies. */
  readonly entity_id: string;
  /** Our private keys for this connection, by use; PEM (PKCS #8) and, for SAML, the certificates in PEM. `next` keys are published but not yet used for signing. */
  keys(): Promise<readonly ConnectionKey[]>;
  /** Has `resolve` asked again, now, and answers what of it may be used: remembered for every process, new keys only as the connection wants. Absent: nobody remembers. @throws ConnectorError */
  refresh?(signal?: AbortSignal): Promise<Readonly<Record<string, unknown>>>;
}

export interface ConnectionKey {
  readonly use: 'signing' | 'encryption';
  readonly state: 'current' | 'next' | 'retired';
  readonly kid: string;
  readonly private_key_pem: string;
  readonly certificate_pem: string;
}

type Resolved = Readonly<Record<string, unknown>>;

/** What a partner's messages are trusted by, where that is certificates. Pure. `resolved` is an answer of `resolve`. */
export interface CertificateTrust<Config> {
  /** PEM. */
  certificates(config: Config, resolved: Resolved): readonly string[];
  /** Whether keys that the partner publishes anew wait until a person has approved them. */
  waits(config: Config): boolean;
  /** What was kept, with its keys, for as long as the fresh answer says. */
  without_new_keys(kept: Resolved, fresh: Resolved): Resolved;
  /** Epoch milliseconds: what was resolved is not to be used from then on. */
  valid_until(config: Config, resolved: Resolved): number | undefined;
  /** Milliseconds for which the partner wants its answer to be kept at most. */
  cache_for(resolved: Resolved): number | undefined;
}

/** One protocol: how its settings are read and how a connection is opened. */
export interface ConnectorType<Config> {
  readonly protocol: 'saml' | 'oidc' | 'ldap';
  /** Pure: the protocol's own settings object (the value of `saml`, `oidc` or `ldap` in the API body) to a config that cannot be wrong, or every wrong field. */
  parse(settings: unknown): { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly errors: readonly FieldError[] };
  /** Setting names that hold secrets: sealed at rest, read back as "***". */
  readonly secrets: readonly string[];
  /** Setting names that say where the partner is: changing one drops the stored secrets. */
  readonly endpoints: readonly string[];
  /** Reads what the partner publishes (SAML metadata_url, OIDC discovery): settings to remember beside the given ones (may be empty). LDAP has none. @throws ConnectorError with what to mend */
  resolve?(config: Config, tools: Pick<Tools, 'fetch' | 'now'>): Promise<Readonly<Record<string, unknown>>>;
  readonly trust?: CertificateTrust<Config>;
  /** No I/O: a partner that is down must not stop the start. `resolved` is the last answer of `resolve`. */
  open(config: Config, tools: Tools, resolved: Readonly<Record<string, unknown>>): Connector;
}
