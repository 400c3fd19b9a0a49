/** Values of a condition, by names of their own. */
export class Parameters {
  private readonly given: (string | number | boolean)[] = [];
  readonly emails: { readonly name: string; readonly key: string }[] = [];

  /** The place of a value in the statement. */
  add(value: string | number | boolean): string {
    this.given.push(value);
    return `:filter_${this.given.length - 1}`;
  }

  /** The place of a list of people: those who have an address. */
  add_people(key: string): string {
    const name = `people_${this.emails.length}`;
    this.emails.push({ name, key });
    return `:...${name}`;
  }

  values(): Readonly<Record<string, string | number | boolean>> {
    return Object.fromEntries(this.given.map((value, index) => [`filter_${index}`, value]));
  }
}
