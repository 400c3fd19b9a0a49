import type { Act } from '../../audit/index.ts';
import { Conflict, InvalidInput, NotFound, type OrgId } from '../../kernel/index.ts';
import type { Shown } from '../collection.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { is_object, same } from '../merge_patch.ts';
import { parse, wrong } from '../parse.ts';
import { type CertificateView, fingerprints, present_certificate } from './certificates.ts';
import { key_change, read_upkeep } from './key_changes.ts';
import { approve_keys, certificate_create, type ConnectionView } from './schema.ts';
import { stored_settings } from './settings.ts';

/** What people decide about the keys of a partner. */
export interface TrustVerbs {
  /** Lets the keys that wait be used. @throws NotFound | Conflict 409 when none wait, or others than those that were looked at */
  approve_keys(id: string, body: unknown, act: Act): Promise<Shown<ConnectionView>>;
  /** Trusts one more certificate, beside those that are there. @throws NotFound | InvalidInput 422 | Conflict 409 where the partner publishes them */
  add_certificate(id: string, body: unknown, act: Act): Promise<CertificateView>;
  /** @throws NotFound | InvalidInput 422 for the last one | Conflict 409 where the partner publishes them */
  remove_certificate(id: string, sha256: string, act: Act): Promise<void>;
}

interface Items {
  get(id: string): Promise<Shown<ConnectionView>>;
  update(id: string, patch: unknown, act: Act, if_match?: number): Promise<Shown<ConnectionView>>;
}

const TRIES = 5;

export function make_trust_verbs(deps: OrganizationsDeps, org_id: OrgId, items: Items): TrustVerbs {
  /** Changes the list of certificates as it is now, whoever else changes the connection meanwhile. */
  async function change_list(id: string, act: Act, change: (list: readonly string[]) => readonly string[] | undefined): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const { view, version } = await items.get(id);
      const list = change(list_of(view));
      if (list === undefined) return;
      try {
        await items.update(id, { saml: { certificates: list.length === 0 && published_beside(view) ? null : list } }, act, version);
        return;
      } catch (error) {
        if (!(error instanceof Conflict) || error.code !== 'stale' || attempt === TRIES) throw error;
      }
    }
  }

  return {
    async approve_keys(id, body, act) {
      const { sha256 } = parse(approve_keys, body ?? {});
      await deps.storage.transact(async (tx) => {
        await tx.config_changed(); // its row lock lets one process at a time
        const rows = tx.org(org_id).connections;
        const row = await rows.find_one({ id });
        if (row === undefined) throw new NotFound('connection');
        const type = deps.connector_types[row.protocol];
        const { waiting } = read_upkeep(row.upkeep);
        const { settings, secrets } = stored_settings(deps.storage, row);
        const read = type.parse({ ...settings, ...secrets });
        if (waiting === undefined || type.trust === undefined || !read.ok)
          throw new Conflict('no_keys_waiting', 'No keys of this connection wait for approval.');
        const { trust } = type;
        const change = key_change(trust.certificates(read.config, row.resolved), trust.certificates(read.config, waiting.resolved));
        if (sha256 !== undefined && !same(sha256.toSorted(), change?.added.toSorted() ?? []))
          throw new Conflict('other_keys_waiting', 'Other keys wait by now than those that were looked at. Look again.');
        const at = deps.now();
        const version = Number(row.version) + 1;
        await rows.update({ id }, { resolved: waiting.resolved, upkeep: {}, announce_at: at, updated_at: at, version });
        await deps.record(tx, act, {
          type: 'connection.keys_changed',
          org_id,
          target: { kind: 'connection', id, name: row.name },
          after: { ...change, approved: true },
        });
      });
      return items.get(id);
    },

    async add_certificate(id, body, act) {
      await items.get(id);
      const { pem } = parse(certificate_create, body);
      const [sha256] = fingerprint_of(pem);
      await change_list(id, act, (list) => (fingerprints(list).some((one) => one === sha256) ? undefined : [...list, pem]));
      return present_certificate(pem, deps.now());
    },

    async remove_certificate(id, sha256, act) {
      await change_list(id, act, (list) => {
        const left = list.filter((pem) => fingerprints([pem])[0] !== sha256);
        if (left.length === list.length) throw new NotFound('certificate of this connection that can be taken away');
        return left;
      });
    },
  };
}

const published_beside = (view: ConnectionView): boolean => is_object(view.saml) && view.saml['metadata_xml'] !== undefined;

/** What can be added to and taken from. @throws Conflict where the partner itself says what its certificates are */
function list_of(view: ConnectionView): readonly string[] {
  const { saml } = view;
  if (!is_object(saml)) throw new Conflict('no_certificates', 'This connection does not know its partner by certificates.');
  if (saml['metadata_url'] !== undefined)
    throw new Conflict('certificates_published', 'The partner publishes its certificates at metadata_url: they are read from there.');
  const list = saml['certificates'];
  return Array.isArray(list) ? list.filter((pem) => typeof pem === 'string') : [];
}

function fingerprint_of(pem: string): string[] {
  try {
    return fingerprints([pem]);
  } catch (cause) {
    const { fields } = wrong([{ path: 'pem', message: 'must be one X.509 certificate in PEM' }]);
    throw new InvalidInput('invalid_body', 'Some fields are wrong.', { status: 422, fields, cause });
  }
}
