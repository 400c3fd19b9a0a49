/**
 * Everything that the record tells and that event hooks may hear of, in words for whoever receives it. The one list: docs/reference/events.md is made
 * from it, and a test holds it to what the rooms record. What is not here is recorded only.
 */
export const EVENT_TYPES = {
  'access.ended': "A person's access has ended and every app that had to be told was told, or given up: the receipt is in `after`.",
  'admin_key.created': 'A key of the admin API was made.',
  'admin_key.deleted': 'A key of the admin API was removed.',
  'client.created': 'An app was registered.',
  'client.deleted': 'An app was removed; what was signed in to it has ended.',
  'client.secret_rotated': 'An app was given a new secret.',
  'client.updated': 'The registration of an app was changed.',
  'connection.created': "A connection to an organization's identity provider or directory was made.",
  'connection.deleted': 'A connection was removed; what was signed in over it has ended.',
  'connection.key_published': 'A next key of a connection stands in our metadata: the partner has time to read it.',
  'connection.key_switched': 'A connection uses its next key.',
  'connection.keys_changed': 'The keys by which a partner is believed were changed: accepted from its metadata, or by hand.',
  'connection.keys_waiting': 'A partner publishes other keys than those that are believed: somebody has to look.',
  'connection.updated': 'A connection was changed.',
  'consent.given': 'A person allowed a third-party app to see what it asked for.',
  'consent.refused': 'A person did not allow a third-party app what it asked for.',
  'consent.revoked': "A person's consent was taken back; the app's tokens for them have ended.",
  'domain.created': 'A domain was added to an organization.',
  'domain.deleted': 'A domain was removed.',
  'domain.verified': 'A domain was verified: its people are routed to this organization.',
  'event_hook.created': 'An event hook was made.',
  'event_hook.deleted': 'An event hook was removed, with what waited for it.',
  'event_hook.disabled': 'An event hook was switched off because its endpoint answered 410 Gone.',
  'event_hook.secret_rotated': 'An event hook was given a new secret; the one before signs beside it for a day.',
  'event_hook.updated': 'An event hook was changed.',
  'group.created': 'A group was made.',
  'group.deleted': 'A group was removed.',
  'group.members_changed': 'People came into a group or left it.',
  'group.updated': 'A group was changed.',
  'identity.linked': 'An identity at a partner was tied to a user.',
  'inline_hook.created': 'An inline hook was made.',
  'inline_hook.deleted': 'An inline hook was removed.',
  'inline_hook.secret_rotated': 'An inline hook was given a new secret.',
  'inline_hook.updated': 'An inline hook was changed.',
  'login.failed': 'A sign-in was refused or failed; the reference opens its trace.',
  'login.succeeded': 'A person signed in.',
  'organization.created': 'An organization was made.',
  'organization.deleted': 'An organization was removed with everything in it.',
  'organization.updated': 'An organization was changed, suspended or activated.',
  'registration_token.created': 'A token by which apps register themselves was made.',
  'registration_token.deleted': 'A token by which apps register themselves was removed.',
  'resource.created': 'An API that access tokens are for was registered.',
  'resource.deleted': 'An API was removed.',
  'resource.updated': 'An API was changed.',
  'role.created': 'A role was made.',
  'role.deleted': 'A role was removed.',
  'role.updated': 'A role was changed.',
  'role_mapping.created': 'A role mapping was made.',
  'role_mapping.deleted': 'A role mapping was removed.',
  'role_mapping.updated': 'A role mapping was changed.',
  'scim_token.created': 'A SCIM token was made.',
  'scim_token.deleted': 'A SCIM token was removed.',
  'scim_token.updated': 'A SCIM token was changed.',
  'session.ended': 'A person signed out, here or at the partner.',
  'session.ended_at_partner': 'A session here ended because the partner no longer stands by the sign-in.',
  'setup_link.created': 'A link for self-service onboarding was made.',
  'setup_link.finished': 'An organization finished its onboarding.',
  'setup_link.revoked': 'A link for self-service onboarding was revoked.',
  'signing_keys.rotated': 'The issuer signs with new keys.',
  'user.activated': 'A user was switched on again.',
  'user.created': 'A user was made: at a first sign-in, over SCIM, by import or by hand.',
  'user.deactivated': 'A user was switched off; every session, grant and token has ended.',
  'user.deleted': 'A user was removed; every session, grant and token has ended.',
  'user.erased': 'A user was removed with everything that says who they were, also from the record.',
  'user.groups_changed': 'A sign-in put a user into other groups.',
  'user.merged': 'Two users turned out to be one person: `before` is who is gone, the target who stays.',
  'user.roles_changed': 'A user was given a role by hand, or lost one.',
  'user.sessions_ended': 'Sessions of a user were ended by an administrator.',
  'user.updated': 'A user was changed.',
} as const satisfies Readonly<Record<string, string>>;

export type EventType = keyof typeof EVENT_TYPES;

export const is_event_type = (type: string): type is EventType => Object.hasOwn(EVENT_TYPES, type);

/** Whether a filter (`user.created`, `user.*`) names at least one type that there is. */
export const is_event_filter = (filter: string): boolean =>
  is_event_type(filter) || (filter.endsWith('.*') && Object.keys(EVENT_TYPES).some((type) => matches_filter(filter, type)));

export const matches_filter = (filter: string, type: string): boolean =>
  filter === type || (filter.endsWith('.*') && type.startsWith(filter.slice(0, -1)));
