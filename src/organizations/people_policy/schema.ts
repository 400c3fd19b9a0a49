import { z } from 'zod';
import { plain, unique } from '../parse.ts';

/** Who can say something of a person: SCIM, the pull sync of a directory, a sign-in, an import, an administrator (API and command). */
export const PEOPLE_SOURCES = ['scim', 'sync', 'sign_in', 'import', 'admin'] as const;
export type PeopleSource = (typeof PEOPLE_SOURCES)[number];

/** What several sources may say of the same person; beside these, every custom attribute as `attributes.<name>`. */
const FIELDS = ['user_name', 'email', 'given_name', 'family_name', 'display_name', 'active', 'external_id', 'groups'];
const MOST_OVERRIDES = 100;

const order = unique(z.enum(PEOPLE_SOURCES), PEOPLE_SOURCES.length).min(1, 'must name at least one source');
const attribute = z
  .string()
  .refine(
    (name) => FIELDS.includes(name) || /^attributes\.(?!__proto__$)[A-Za-z][\w.:/-]{0,127}$/.test(name),
    `must be ${FIELDS.join(', ')}, or attributes.<name>`,
  );

/** Every field is optional and its absence is the behaviour without a policy. */
export const people_policy = z.strictObject({
  attribute_owners: z
    .strictObject({
      /** The first that has spoken of an attribute owns it; those not named come last. Absent: the last word counts. */
      default: order.optional(),
      /** By attribute, instead of `default`. */
      attributes: z
        .record(attribute, order)
        .refine((value) => Object.keys(value).length <= MOST_OVERRIDES, `must be at most ${MOST_OVERRIDES} attributes`)
        .optional(),
    })
    .optional(),
  /** An administrator may change what another source owns; its next word counts again. Absent: false. */
  admin_override: z.boolean().optional(),
  /** By what a first sign-in or sync finds the person who is there already, in this order. Absent: all, in this order. It never loosens a connection's `link_by`. */
  match_by: unique(z.enum(['external_id', 'subject', 'verified_email']), 3).optional(),
  /** A person whom another source made, met by their address. `refuse`: nobody takes them over. `ask`: at a sign-in the person says whether it is them. Absent: `adopt`. */
  on_conflict: z.enum(['adopt', 'refuse', 'ask']).optional(),
  /** Names or ids of groups: whoever is in none of them does not sign in. Absent or empty: everyone does. */
  allowed_groups: unique(plain(255), 100).optional(),
  /** After how many days a deactivated person whom nobody touched is erased; 0: never. Absent: the setting's. */
  erase_inactive_days: z.int().min(0).max(3650).optional(),
});

/** RFC 7396: null removes one. */
export const people_policy_patch = z.record(z.string(), z.unknown()).nullable();

export type PeoplePolicy = z.output<typeof people_policy>;
