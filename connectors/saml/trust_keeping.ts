import type { CertificateTrust } from '../connector.ts';
import { type Partner, remembered } from './partner.ts';
import type { SamlConfig } from './settings.ts';

type Resolved = Readonly<Record<string, unknown>>;

const partner_of = ({ source }: Pick<SamlConfig, 'source'>, resolved: Resolved): Partner | undefined =>
  source.kind === 'known' ? source.partner : remembered.safeParse(resolved).data?.partner;

/** Which certificates a connection trusts, and how long: for whoever keeps them fresh, shows them and announces their end. */
export const certificate_trust: CertificateTrust<SamlConfig> = {
  certificates: (config, resolved) => partner_of(config, resolved)?.certificates ?? [],
  waits: ({ source, key_changes }) => source.kind === 'published' && key_changes === 'approve',
  without_new_keys(kept, fresh) {
    const [before, after] = [remembered.parse(kept), remembered.parse(fresh)];
    const { valid_until: _until, cache_ms: _cache, ...partner } = before.partner;
    const { valid_until, cache_ms } = after.partner;
    return {
      fetched_at: after.fetched_at,
      partner: { ...partner, ...(valid_until !== undefined && { valid_until }), ...(cache_ms !== undefined && { cache_ms }) },
    };
  },
  valid_until: (config, resolved) => partner_of(config, resolved)?.valid_until,
  cache_for: (resolved) => remembered.safeParse(resolved).data?.partner.cache_ms,
};
