import { schemas } from '../organizations/index.ts';
import type { Noun } from './noun.ts';

export const all = ['create', 'list', 'get', 'update', 'delete'] as const;
export const SHOWN_ONCE = 'The secret is shown this once: keep it.';

/** What the installation tells others, or asks them. */
export const outward_nouns: readonly Noun[] = [
  {
    name: 'event-hook',
    many: 'event hooks',
    summary: 'event hooks: endpoints of yours that hear of what happens',
    verbs: all,
    id: 'id',
    names: ['url'],
    columns: ['id', 'url', 'events', 'organizations', 'enabled', 'disabled_reason'],
    filters: {},
    create: schemas.event_hook_create,
    patch: schemas.event_hook_patch,
    example: "postern event-hook create --url https://app.example.com/hooks --events 'user.*',access.ended",
    of_organization: false,
    collection: ({ organizations }) => organizations.event_hooks,
    created_note: SHOWN_ONCE,
  },
  {
    name: 'inline-hook',
    many: 'inline hooks',
    summary: 'inline hooks: endpoints of yours that are asked while a person waits',
    verbs: all,
    id: 'id',
    names: ['url'],
    columns: ['id', 'point', 'url', 'organizations', 'on_failure', 'enabled'],
    filters: { point: 'before_user_created, before_token or after_login' },
    create: schemas.inline_hook_create,
    patch: schemas.inline_hook_patch,
    example: 'postern inline-hook create --point before_token --url https://app.example.com/claims --on_failure fail_open',
    of_organization: false,
    collection: ({ organizations }) => organizations.inline_hooks,
    created_note: SHOWN_ONCE,
  },
  {
    name: 'scim-target',
    one: 'SCIM target',
    many: 'SCIM targets',
    summary: 'SCIM targets: apps that are told by SCIM who their people are',
    verbs: all,
    id: 'id',
    names: ['name'],
    filter_for: (name) => ({ name }),
    columns: ['id', 'name', 'client_id', 'base_url', 'enabled', 'state', 'last_error'],
    filters: { client_id: 'those of this app', name: 'the one of this name' },
    create: schemas.scim_target_create,
    patch: schemas.scim_target_patch,
    known_fields: { token: 'text' },
    example: 'postern scim-target create --client_id our-app --base_url https://app.example.com/scim/v2 --token "$TOKEN"',
    of_organization: false,
    collection: ({ organizations }) => organizations.scim_targets,
  },
];
