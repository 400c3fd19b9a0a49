import type { Field } from '../../../components/fields/field.ts';
import { source_choices } from './sources.ts';

const DAYS = 3650;

export const entrance_fields: readonly Field[] = [
  {
    ...{ path: 'people_policy.allowed_groups', label: 'Only people of these groups', kind: 'tags', otherwise: 'everyone' },
    description:
      'Names or ids of groups. Whoever is in none of them does not sign in, and whoever leaves the last of them loses access at once. A group named by id may be renamed.',
  },
  {
    ...{ path: 'people_policy.erase_inactive_days', label: 'Days after which a deactivated person is erased', kind: 'number' },
    otherwise: 'as the installation says',
    description: 'Counted from the last change. 0: never.',
    check: (value) => (Number(value) > DAYS || Number(value) < 0 ? `Must be 0 to ${DAYS}.` : undefined),
  },
];

export const meeting_fields: readonly Field[] = [
  {
    ...{ path: 'people_policy.match_by', label: 'How a person who is there already is found', kind: 'order' },
    otherwise: 'by the ID in the directory, then the subject, then a proven address',
    choices: [
      { value: 'external_id', label: 'ID in the directory' },
      { value: 'subject', label: 'subject at the connection' },
      { value: 'verified_email', label: 'proven e-mail address' },
    ],
    description: 'In this order, at a first sign-in or sync. It never loosens what a connection says about linking.',
  },
  {
    path: 'people_policy.on_conflict',
    label: 'A directory meets somebody whom another source made',
    kind: 'choice',
    otherwise: 'adopt',
    choices: [
      { value: 'adopt', label: 'It takes the person over' },
      { value: 'refuse', label: 'It is refused' },
      { value: 'ask', label: 'The person is asked at the sign-in; a sync reports them' },
    ],
  },
];

export const owner_fields: readonly Field[] = [
  {
    ...{ path: 'people_policy.attribute_owners.default', label: 'Whose word counts, the strongest first', kind: 'order' },
    ...{ otherwise: 'the last word counts', choices: source_choices },
    description: 'The first in this list that has spoken of an attribute owns it; those not named come last.',
  },
  {
    ...{ path: 'people_policy.admin_override', label: 'An administrator may change what another source owns', kind: 'switch' },
    description: 'Until its owner speaks again.',
  },
];
