import type { ConnectionView } from '../organizations/index.ts';
import { is_given, settings_of } from './draft.ts';
import { given, line, type SetupForm } from './form.ts';
import { typed_issuer } from './typed_issuer.ts';

type Protocol = ConnectionView['protocol'];
type Block = Readonly<Record<string, unknown>>;
/** How a stored secret reads, and what keeps it. */
const STORED = '***';
export const SECRETS: Readonly<Record<Protocol, string | undefined>> = { saml: undefined, oidc: 'client_secret', ldap: 'bind_password' };

/** What the partner typed as a patch of its settings (RFC 7396: null removes). Only what the form has: nothing else of a connection can be set by it. */
export const settings_patch = (view: ConnectionView, form: SetupForm): Block => {
  const read = { saml: saml_patch, oidc: oidc_patch, ldap: ldap_patch }[view.protocol];
  return read(form, settings_of(view));
};

function saml_patch(form: SetupForm): Block {
  const way = form.get('way') ?? 'url';
  const by = (name: string, value: unknown): unknown => (way === name ? (value ?? null) : null);
  const file = form.get('metadata_file') ?? '';
  return {
    metadata_url: by('url', given(form, 'metadata_url') ?? ''),
    metadata_xml: by('xml', (file.trim() === '' ? form.get('metadata_xml') : file)?.replace(/^\uFEFF/, '').trim() ?? ''),
    metadata_certificates: null,
    entity_id: by('fields', given(form, 'entity_id')),
    sso_url: by('fields', given(form, 'sso_url')),
    sso_binding: by('fields', given(form, 'sso_binding')),
    slo_url: null,
    certificates: by('fields', pems(form.get('certificates') ?? '')),
    sign_requests: form.get('sign_requests') === 'on',
    want_encrypted: form.get('want_encrypted') === 'on',
  };
}

/** Several certificates in one text; text that is none goes on as it is, and is refused by whoever reads it. */
function pems(text: string): string[] | undefined {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]{1,20000}-----END CERTIFICATE-----/g);
  return blocks ?? (text.trim() === '' ? undefined : [text.trim()]);
}

function oidc_patch(form: SetupForm, before: Block): Block {
  const by_key = form.get('private_key_jwt') === 'on';
  return {
    issuer: typed_issuer(line(form, 'issuer')),
    client_id: line(form, 'client_id'),
    client_secret: by_key ? null : secret(form, before, 'client_secret'),
    private_key_jwt: by_key ? true : null,
    scopes: given(form, 'scopes') ?? null,
  };
}

function ldap_patch(form: SetupForm, before: Block): Block {
  const dn = given(form, 'bind_dn');
  return {
    urls: line(form, 'urls').split(/[\s,]+/),
    tls: given(form, 'tls') ?? null,
    vendor: given(form, 'vendor') ?? null,
    ca_pem: given(form, 'ca_pem') ?? null,
    bind_dn: dn ?? null,
    bind_password: dn === undefined ? null : secret(form, before, 'bind_password'),
    base_dn: line(form, 'base_dn'),
    user_filter: given(form, 'user_filter') ?? null,
    group_base_dn: given(form, 'group_base_dn') ?? null,
    group_filter: given(form, 'group_filter') ?? null,
  };
}

/** Nothing typed keeps what is stored. Blanks in a secret are part of it. */
function secret(form: SetupForm, before: Block, name: string): string | null {
  const typed = form.get(name) ?? '';
  if (typed !== '') return typed === STORED ? null : typed;
  return before[name] === STORED ? STORED : null;
}

/** What the form shows: what was just typed, or what is stored. A secret is in neither. */
export function shown_values(view: ConnectionView, form: SetupForm | undefined): Record<string, string> {
  const secret_name = SECRETS[view.protocol];
  if (form !== undefined)
    return Object.fromEntries([...form].filter(([name]) => name !== secret_name && name !== 'metadata_file' && name !== 'csrf'));
  if (!is_given(view)) return {};
  const settings = settings_of(view);
  const texts = Object.entries(settings).flatMap(([name, value]): [string, string][] => {
    if (name === secret_name) return [];
    if (typeof value === 'string') return [[name, value]];
    if (typeof value === 'boolean') return [[name, value ? 'on' : 'off']];
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    const between = name === 'scopes' ? ' ' : '\n';
    return list.every((one) => typeof one === 'string') && list.length > 0 ? [[name, list.join(between)]] : [];
  });
  return { ...Object.fromEntries(texts), way: way_of(settings) };
}

const way_of = ({ metadata_url, metadata_xml }: Block): string =>
  metadata_url !== undefined ? 'url' : metadata_xml === undefined ? 'fields' : 'xml';
