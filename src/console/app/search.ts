/** What an address may say after its question mark. Anything else in its place is as if it were not there: addresses are typed, cut and pasted. */
type Given = Readonly<Record<string, unknown>>;

export const text_of = (given: Given, name: string): string | undefined => {
  const value = given[name];
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' && value.length <= 2048 ? value : undefined;
};

export const one_of = <const Choice extends string>(given: Given, name: string, choices: readonly Choice[]): Choice | undefined =>
  choices.find((choice) => choice === given[name]);

/** A search without what is not set: it does not stand in the address. */
export const compact = <Search extends object>(search: Search): Partial<Search> =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as Partial<Search>; // only left out

export interface Paged {
  /** Where the page begins. */
  after?: string;
}

export const paged = (given: Given): Paged => compact({ after: text_of(given, 'after') });
