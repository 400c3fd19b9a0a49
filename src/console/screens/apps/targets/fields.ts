import type { Field } from '../../../components/fields/field.ts';

const choices = (of: Readonly<Record<string, string>>) => Object.entries(of).map(([value, label]) => ({ value, label }));

/** Where and how an app is told of people. */
export const target_fields: readonly Field[] = [
  {
    path: 'base_url',
    label: 'SCIM address of the app',
    kind: 'text',
    required: true,
    description: 'Such as https://app.example.com/scim/v2.',
  },
  { path: 'token', label: 'Token', kind: 'secret', description: 'Given by the app.' },
  {
    ...{ path: 'preset', label: 'It is like', kind: 'choice', otherwise: 'generic' },
    choices: choices({ generic: 'the standard', aws: 'AWS IAM Identity Center', slack: 'Slack', github: 'GitHub', atlassian: 'Atlassian' }),
  },
  {
    ...{ path: 'people', label: 'Whom it is told of', kind: 'choice', otherwise: 'all' },
    choices: choices({ all: 'everyone', in_groups: 'people of the groups that are sent', with_role: 'people who have a role in the app' }),
  },
  { path: 'groups.send', label: 'Send groups too', kind: 'switch', otherwise: true },
  { path: 'groups.prefixes', label: 'Only groups that begin with', kind: 'tags' },
  {
    ...{ path: 'on_delete', label: 'Whoever leaves', kind: 'choice', otherwise: 'delete' },
    choices: choices({ delete: 'is deleted there', deactivate: 'is switched off there' }),
  },
  { path: 'name', label: 'Name', kind: 'text', advanced: true },
  {
    ...{ path: 'adopt', label: 'Somebody is there already: known by', kind: 'choice', otherwise: 'external_id', advanced: true },
    choices: choices({ external_id: 'our id', name: 'the user name' }),
  },
  {
    ...{ path: 'roles', label: 'Roles are sent as', kind: 'choice', advanced: true },
    choices: choices({ roles: 'roles', entitlements: 'entitlements', none: 'nothing' }),
  },
];
