import type { Person } from '../../src/mock/people.ts';

/** Somebody at a mock partner; what is not named is filled in. */
export function person(username: string, more: Partial<Person> = {}): Person {
  return {
    id: `id-${username}`,
    username,
    password: `${username}-password`,
    email: `${username}@acme.example`,
    given_name: username[0]?.toUpperCase().concat(username.slice(1)),
    family_name: 'Tester',
    display_name: `${username} Tester`,
    groups: ['Staff'],
    attributes: {},
    ...more,
  };
}
