import { EntitySchema } from 'typeorm';
import { int, json, key, string, time } from '../columns.ts';

/** An organization whose people are erased, and then itself: outlives it, for the receipt. */
export interface OffboardingRow {
  /** Time-ordered. */
  id: string;
  /** Of no foreign key: it goes before this is done. */
  org_id: string;
  slug: string;
  name: string;
  status: 'erasing' | 'done';
  /** Who asked for it: what it does is their act. */
  act: Record<string, unknown>;
  /** When it began. */
  users_total: number;
  /** Both once it is done. */
  users_erased: number | null;
  events_emptied: number | null;
  /** Whoever works on it. */
  lease: string | null;
  leased_until: number | null;
  created_at: number;
  finished_at: number | null;
}

export const offboardings = new EntitySchema<OffboardingRow>({
  name: 'offboardings',
  columns: {
    id: key(),
    org_id: string(),
    slug: string(),
    name: string(),
    status: string(),
    act: json(),
    users_total: int(),
    users_erased: int({ nullable: true }),
    events_emptied: int({ nullable: true }),
    lease: string({ nullable: true }),
    leased_until: time({ nullable: true }),
    created_at: time(),
    finished_at: time({ nullable: true }),
  },
  indices: [
    // it ends once
    { name: 'offboardings_org', columns: ['org_id'], unique: true },
    { name: 'offboardings_due', columns: ['status', 'created_at'] },
    { name: 'offboardings_order', columns: ['created_at', 'id'] },
  ],
});
