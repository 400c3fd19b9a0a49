import type { Call } from '../connector.ts';
import type { Party } from './live_partner.ts';
import type { SamlConfig } from './settings.ts';
import type { TrustedCertificate } from './verify/index.ts';

/** Holds: with no certificate that may be used nothing is accepted. Those past their end count only where the connection says so. */
export function usable_certificates(party: Party, config: SamlConfig, now: number, call: Call): readonly TrustedCertificate[] {
  const expired = party.certificates.filter(({ not_after }) => not_after <= now);
  if (expired.length === 0) return party.certificates;
  const taken = config.expired_certificate === 'warn';
  for (const { subject, fingerprint, not_after } of expired) {
    call.check({
      name: 'certificate',
      ok: taken,
      detail: `the certificate ${subject} (${fingerprint}) ended ${new Date(not_after).toISOString()}${taken ? ', and is used all the same' : ''}`,
      fix: 'Ask the partner for the certificate that it signs with now; saml.expired_certificate = "warn" bridges the time.',
    });
  }
  return taken ? party.certificates : party.certificates.filter((certificate) => !expired.includes(certificate));
}
