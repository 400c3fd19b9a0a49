/** Values of a condition, by names of their own. */
export class Parameters {
  private readonly given: (string | number | boolean)[] = [];

  /** The place of a value in the statement. */
  add(value: string | number | boolean): string {
    this.given.push(value);
    return `:filter_${this.given.length - 1}`;
  }

  values(): Readonly<Record<string, string | number | boolean>> {
    return Object.fromEntries(this.given.map((value, index) => [`filter_${index}`, value]));
  }
}
