import { ConnectorError, type Tools } from '../connector.ts';
import { as_connector_error } from './faults.ts';
import { type Partner, remembered } from './partner.ts';
import type { MetadataReader } from './read_metadata.ts';
import type { SamlConfig } from './settings.ts';
import { prepare_certificates, type TrustedCertificate } from './verify/index.ts';

const HOUR_MS = 3_600_000;
/** How long published metadata is used before it is asked for again; a `cacheDuration` may shorten it. */
const FRESH_MS = 24 * HOUR_MS;
/** Between two attempts at the earliest, whatever the metadata says. */
const PATIENCE_MS = 5 * 60_000;
const MOST_BYTES = 4 * 1024 * 1024;

export type Published = Extract<SamlConfig['source'], { kind: 'published' }>;

/** Fetches and reads metadata. @throws ConnectorError with what to mend */
export async function fetch_partner(
  source: Published,
  tools: Pick<Tools, 'fetch' | 'now'>,
  read_metadata: MetadataReader,
  signal?: AbortSignal,
): Promise<Partner> {
  const answer = await tools.fetch(source.url, {
    headers: { accept: 'application/samlmetadata+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1' },
    max_bytes: MOST_BYTES,
    ...(signal !== undefined && { signal }),
  });
  const fix = 'Check saml.metadata_url: opened in a browser, it must show an XML document without a sign-in.';
  if (answer.status >= 500)
    throw new ConnectorError('unreachable', `the metadata address answers with status ${answer.status}`, {
      fix: 'The partner’s server has a fault of its own: its log says why.',
    });
  if (answer.status !== 200)
    throw new ConnectorError('misconfigured', `the metadata address answers with status ${answer.status}`, { fix });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(answer.body);
  } catch {
    throw new ConnectorError('misconfigured', 'the metadata is not UTF-8', { fix });
  }
  const read = await read_metadata({ xml: text, entity_id: source.entity_id, signers: source.signers });
  if (!read.ok) throw new ConnectorError('misconfigured', read.problem, { fix: read.problem });
  if (read.partner.valid_until !== undefined && read.partner.valid_until <= tools.now())
    throw new ConnectorError('misconfigured', `the metadata was valid until ${new Date(read.partner.valid_until).toISOString()}`, {
      fix: 'Ask the partner for metadata that is still valid.',
    });
  return read.partner;
}

/** The partner with its certificates parsed. */
export interface Party extends Omit<Partner, 'certificates'> {
  readonly certificates: readonly TrustedCertificate[];
}

export interface LivePartner {
  /** What is known now; asks again when it is due. @throws ConnectorError when nothing is known that may be used */
  current(signal?: AbortSignal): Promise<Party>;
  /** Asks again because a key is not known: at most once in a while. Answers whether anything new may be known. */
  again(signal?: AbortSignal): Promise<boolean>;
}

function party_of(partner: Partner): Party {
  return { ...partner, certificates: prepare_certificates(partner.certificates) };
}

/** Keeps what the partner publishes as fresh as it says. No I/O until it is asked. */
export function live_partner(
  config: SamlConfig,
  tools: Pick<Tools, 'fetch' | 'now' | 'log' | 'refresh'>,
  resolved: Readonly<Record<string, unknown>>,
  read_metadata: MetadataReader,
): LivePartner {
  const { source } = config;
  const kept = remembered.safeParse(resolved);
  let party: Party | undefined;
  let stored: Partner | undefined = source.kind === 'known' ? source.partner : kept.data?.partner;
  let fetched_at = kept.data?.fetched_at ?? Number.NEGATIVE_INFINITY;
  let tried_at = fetched_at;
  let asking: Promise<boolean> | undefined;

  const usable = (): boolean => stored !== undefined && (stored.valid_until ?? Number.POSITIVE_INFINITY) > tools.now();

  async function ask(published: Published, signal: AbortSignal | undefined): Promise<boolean> {
    tried_at = tools.now();
    try {
      // where somebody remembers for all processes, they also decide whether new keys may be used
      stored =
        tools.refresh === undefined
          ? await fetch_partner(published, tools, read_metadata, signal)
          : remembered.parse(await tools.refresh(signal)).partner;
      party = undefined;
      fetched_at = tools.now();
      return true;
    } catch (fault) {
      if (!usable()) throw fault;
      tools.log('warn', 'the metadata of a SAML partner could not be refreshed, the last is used', {
        url: published.url,
        error: String(fault),
      });
      return false;
    }
  }

  async function refresh(published: Published, signal: AbortSignal | undefined): Promise<boolean> {
    asking ??= ask(published, signal).finally(() => {
      asking = undefined;
    });
    return asking;
  }

  return {
    async current(signal) {
      if (source.kind === 'published') {
        const due = Math.min(
          fetched_at + Math.min(stored?.cache_ms ?? FRESH_MS, FRESH_MS),
          stored?.valid_until ?? Number.POSITIVE_INFINITY,
        );
        if (!usable() || (tools.now() >= due && tools.now() >= tried_at + PATIENCE_MS)) await refresh(source, signal);
      }
      if (stored === undefined || !usable()) {
        throw new ConnectorError('misconfigured', 'the metadata of the identity provider is past its validUntil', {
          fix: 'Give the partner’s current metadata, or metadata_url, so that it is kept up to date.',
        });
      }
      try {
        party ??= party_of(stored);
      } catch (fault) {
        throw as_connector_error(fault);
      }
      return party;
    },
    async again(signal) {
      if (source.kind !== 'published' || tools.now() < tried_at + PATIENCE_MS) return false;
      return refresh(source, signal).catch(() => false);
    },
  };
}
