/** One way in which a mock partner can misbehave. */
export interface Switch {
  readonly name: string;
  /** What the partner then does, for the page and `--help`. */
  readonly summary: string;
}

/** Which misbehaviours of one mock partner are on. Read by the partner at every answer. */
export class Switches {
  readonly known: readonly Switch[];
  readonly #on = new Set<string>();

  constructor(known: readonly Switch[], on: readonly string[] = []) {
    this.known = known;
    for (const name of on) this.set(name, true);
  }

  is_on(name: string): boolean {
    return this.#on.has(name);
  }

  /** @throws Error naming the known ones */
  set(name: string, on: boolean): void {
    if (!this.known.some((known) => known.name === name)) {
      throw new Error(`There is no switch "${name}". Known: ${this.known.map((known) => known.name).join(', ')}.`);
    }
    if (on) this.#on.add(name);
    else this.#on.delete(name);
  }

  reset(): void {
    this.#on.clear();
  }

  list(): (Switch & { on: boolean })[] {
    return this.known.map((known) => ({ ...known, on: this.#on.has(known.name) }));
  }
}
