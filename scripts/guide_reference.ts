import { type Guide, type GuideField, type GuideValues, guides, type Vendor, VENDORS } from '../src/setup/guides/index.ts';

/** What stands in the pages for our values, which every connection has its own of. */
const OURS: Readonly<Record<keyof GuideValues, string>> = {
  acs_url: 'https://login.example.com/saml/con_…/acs',
  entity_id: 'https://login.example.com/saml/con_…/metadata',
  metadata_url: 'https://login.example.com/saml/con_…/metadata',
  slo_url: 'https://login.example.com/saml/con_…/slo',
  certificate: 'the certificate in our metadata',
  redirect_uri: 'https://login.example.com/oidc/con_…/callback',
  jwks_uri: 'https://login.example.com/oidc/con_…/jwks',
  backchannel_logout_uri: 'https://login.example.com/oidc/con_…/backchannel-logout',
  scim_base_url: 'https://login.example.com/scim/org_…/v2',
  scim_token: 'the token, shown once when it was made',
  name_id_format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
};

/** Every page of docs/how-to/connect: one for each vendor, made from the guides that the set-up shows, and the list of them. */
export function guide_pages(): { readonly file: string; readonly make: () => string }[] {
  const vendors = Object.keys(VENDORS) as Vendor[]; // its own keys
  return [
    { file: 'docs/how-to/connect/README.md', make: () => list_of(vendors) },
    ...vendors.map((vendor) => ({ file: `docs/how-to/connect/${vendor.replaceAll('_', '-')}.md`, make: () => page_of(vendor) })),
  ];
}

const MADE = '<!-- Made by scripts/guide_reference.ts from src/setup/guides; do not edit. -->\n\n';

function list_of(vendors: readonly Vendor[]): string {
  const rows = vendors.map((vendor) => {
    const names = guides_of(vendor).map(({ protocol }) => KINDS[protocol]);
    return `| [${VENDORS[vendor]}](${vendor.replaceAll('_', '-')}.md) | ${[...new Set(names)].join(', ')} |\n`;
  });
  return `${MADE}# Connect a partner: what to do at the other side\n\nOne page for each vendor, in its own words. A set-up link shows the same steps with the partner's real values in them.\n\n| vendor | ways |\n|---|---|\n${rows.join('')}\nWhat to do at this side: [SAML](../connect-a-saml-partner.md), [OpenID Connect](../connect-an-oidc-partner.md), [LDAP](../connect-an-ldap-partner.md), [SCIM](../provision-with-scim.md).\n`;
}

const KINDS: Readonly<Record<Guide['protocol'], string>> = { saml: 'SAML', oidc: 'OpenID Connect', ldap: 'LDAP', scim: 'SCIM' };

const guides_of = (vendor: Vendor): Guide[] => guides.filter((guide) => guide.vendor === vendor);

const page_of = (vendor: Vendor): string =>
  `${MADE}# Connect ${VENDORS[vendor].replace(/^Any/, 'any')}\n\n${guides_of(vendor).map(section).join('\n')}`;

function section(guide: Guide): string {
  const steps = guide.steps.map(({ title, text, values = [] }, at) =>
    [
      `### ${at + 1}. ${title}\n`,
      ...text.map((paragraph) => `${said(paragraph)}\n`),
      ...(values.length === 0 ? [] : [`| there | value |\n|---|---|\n${values.map(row_of).join('')}`]),
    ].join('\n'),
  );
  const back = guide.asks_back.map(
    ({ label, field, note }) => `| ${cell(label)} | \`${field}\` |${note === undefined ? '' : ` ${cell(note)}`} |\n`,
  );
  const mistakes = guide.mistakes.map(
    ({ mistake, remedy, checks = [] }) =>
      `| ${cell(said(mistake))} | ${cell(said(remedy))} | ${checks.map((check) => `\`${check}\``).join(' ')} |\n`,
  );
  return [
    `## ${guide.name}\n`,
    `About ${guide.minutes} minutes. ${guide.where}\n`,
    ...steps,
    ...(back.length === 0 ? [] : [`### What to give back\n\n| there | here | |\n|---|---|---|\n${back.join('')}`]),
    `### Mistakes that are made there\n\n| what you see | what to change | crossed check |\n|---|---|---|\n${mistakes.join('')}`,
  ].join('\n');
}

const row_of = ({ label, value }: GuideField): string =>
  `| ${cell(label)} | ${'ours' in value ? `\`${value.ours}\`: ${OURS[value.ours]}` : cell(value.text)} |\n`;

/** Names of our values stand as code; everything else as it is. */
const said = (text: string): string => text.replaceAll(/\{([a-z_]+)\}/g, '`$1`');
const cell = (text: string): string => text.replaceAll('|', '\\|');
