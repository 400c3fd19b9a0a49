export { outranks, owners_of, policy_of, read_people_policy } from './read.ts';
export { PEOPLE_SOURCES, people_policy, people_policy_patch, type PeoplePolicy, type PeopleSource } from './schema.ts';
