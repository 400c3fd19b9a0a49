import { z } from 'zod';
import { Conflict, new_id, type OrgId, parse_email, rfc3339 } from '../kernel/index.ts';
import { locales } from '../pages/index.ts';
import { type ContactRow, NOTICES, type OrgStore } from '../storage/index.ts';
import type { Collection } from './collection.ts';
import type { OrganizationsDeps } from './deps.ts';
import { parse, plain, time, unique } from './parse.ts';
import { type Kind, make_versioned, type RowWrites } from './versioned.ts';

const MOST = 50;

const notices = z.union([z.literal('all'), unique(z.enum(NOTICES), NOTICES.length)]);
const fields = {
  /** Where notices go. */
  email: plain(320).refine((text) => parse_email(text) !== undefined, 'must be an e-mail address'),
  name: plain(128).nullable(),
  /** Which notices, or "all"; none: kept as somebody to ask. */
  notices,
  /** What they are written in; null: the language of the organization's pages, or English. */
  language: z.enum(locales).nullable(),
};
const contact_create = z.strictObject({
  ...fields,
  name: fields.name.default(null),
  notices: notices.default('all'),
  language: fields.language.default(null),
});
const contact_patch = z.strictObject(fields).partial();
const contact = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  notices: z.union([z.literal('all'), z.array(z.enum(NOTICES))]),
  language: z.string().nullable(),
  created_at: time,
  updated_at: time,
});

export const contact_schemas = { contact, contact_create, contact_patch };
export type ContactView = z.output<typeof contact>;

/** Whom Postern writes to at an organization when something there wants attention: people of the partner, who need no account. */
export function make_contact_collection(
  deps: OrganizationsDeps,
  org_id: OrgId,
): Collection<ContactView> & Required<Pick<Collection<ContactView>, 'update'>> {
  const kind: Kind<ContactRow, ContactView> = {
    name: 'contact',
    within: org_id,
    reads: deps.storage.org(org_id).contacts,
    writes: (tx) => limited(tx.org(org_id).contacts),
    present,
    label: (row) => row.email,
    body(row) {
      const { email, name, notices: wanted, language } = present(row);
      return { email, name, notices: wanted, language };
    },
    make(body) {
      const at = deps.now();
      return { org_id, id: new_id('ctc'), ...read(body), created_at: at, updated_at: at, version: 1 };
    },
    change: (_row, body) => read(body),
  };
  return make_versioned(deps, kind);
}

/** Counted under the lock of the one who inserts. A list that anyone could let grow would make one event a thousand mails. */
const limited = (contacts: OrgStore['contacts']): RowWrites<ContactRow> => ({
  find_one: (match) => contacts.find_one(match),
  async insert(row) {
    if ((await contacts.count()) >= MOST)
      throw new Conflict('too_many_contacts', `An organization has at most ${MOST} contacts: remove one.`);
    await contacts.insert(row);
  },
  update: (match, changes) => contacts.update(match, changes),
  delete: (match) => contacts.delete(match),
});

function read(body: unknown): Pick<ContactRow, 'email' | 'name' | 'notices' | 'language'> {
  const { email, name, notices: wanted, language } = parse(contact_create, body);
  return { email: parse_email(email)?.address ?? email, name, notices: wanted === 'all' ? null : wanted, language };
}

const present = (row: ContactRow): ContactView => ({
  id: row.id,
  email: row.email,
  name: row.name,
  notices: row.notices ?? 'all',
  language: row.language,
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
});
