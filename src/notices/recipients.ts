import { type OrgId, parse_email } from '../kernel/index.ts';
import type { Notice, Tx } from '../storage/index.ts';

/** Somebody who is told. */
export interface Recipient {
  readonly address: string;
  readonly name: string | undefined;
  readonly language: string | null;
  /** Of the organization; null: an operator. */
  readonly contact_id: string | null;
}

/** The organization's contacts who want this notice, and every operator; one address once. */
export async function recipients_of(
  tx: Tx,
  of: { readonly org_id: OrgId | null; readonly notice: Notice | undefined; readonly language: string | null },
  operators: readonly string[],
): Promise<Recipient[]> {
  const { org_id, notice, language: spoken } = of;
  const contacts = org_id === null || notice === undefined ? [] : await tx.org(org_id).contacts.find({});
  const all: Recipient[] = [
    ...contacts
      .filter(({ notices }) => notices === null || (notice !== undefined && notices.includes(notice)))
      .map(({ id, email, name, language }) => ({ address: email, name: name ?? undefined, language: language ?? spoken, contact_id: id })),
    ...operators.map((address) => ({ address, name: undefined, language: null, contact_id: null })),
  ];
  const seen = new Set<string>();
  return all.filter(({ address }) => {
    const key = parse_email(address)?.key ?? address;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
