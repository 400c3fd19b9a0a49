import type { GuideMistake } from './guide.ts';

/** Where a vendor keeps what every SAML partner may get wrong, in its own words. */
export interface SamlPlaces {
  /** The name of its field for our assertion consumer service. */
  readonly acs: string;
  readonly entity_id: string;
  /** Where both are. */
  readonly on: string;
  /** Where the metadata or certificate that it signs with now is found. */
  readonly metadata: string;
}

/** The mistakes that are made everywhere, said for one vendor. */
export const saml_mistakes = ({ acs, entity_id, on, metadata }: SamlPlaces): GuideMistake[] => [
  {
    mistake: 'The answer was sent for another address: ours was typed with a slash too many, as http, or is that of another connection.',
    remedy: `Copy {acs_url} into **${acs}** (${on}).`,
    checks: ['destination', 'recipient', 'subject_confirmation'],
  },
  {
    mistake: 'The answer is meant for another application: its audience is not ours.',
    remedy: `Copy {entity_id} into **${entity_id}** (${on}); it is compared letter by letter.`,
    checks: ['audience'],
  },
  {
    mistake: 'The certificate or the issuer that we know is an old one, or of another application.',
    remedy: `Give us again what this application has now: ${metadata}.`,
    checks: ['signature', 'issuer', 'certificate'],
  },
];
