import { EntitySchema } from 'typeorm';
import { key } from '../columns.ts';
import { type OrgOwned, within } from './owned.ts';

/** Every address that a person is known by, so that they are found by any of them. */
export interface UserEmailRow extends OrgOwned {
  user_id: string;
  /** Folded for comparison. */
  value_key: string;
}

export const user_emails = new EntitySchema<UserEmailRow>({
  name: 'user_emails',
  // in the order in which they are asked for: of two ways to a row a database without statistics takes the key
  columns: { org_id: key(), value_key: key(), user_id: key() },
  indices: [{ name: 'user_emails_user', columns: ['org_id', 'user_id'] }],
  foreignKeys: [within('users', 'user_id')],
});
