export interface Cache<Value> {
  get(key: string): Promise<Value>;
  /** Forgets everything; what is being read at this moment is answered to who asked, and not kept. */
  drop(): void;
}

/**
 * What was read last, at most `max` entries, whatever there is of them. One read at a time per key. What was read before a change was announced
 * never gets into what is remembered after it, and nobody who asks after it is answered by a read that began before.
 */
export function make_cache<Value>(max: number, load: (key: string) => Promise<Value>): Cache<Value> {
  // wrapped, so that "there is none" is remembered as well
  const kept = new Map<string, { readonly value: Value }>();
  const flights = new Map<string, Promise<Value>>();
  let generation = 0;
  return {
    get(key) {
      const known = kept.get(key);
      if (known !== undefined) {
        // the order of a Map is the order of use
        kept.delete(key);
        kept.set(key, known);
        return Promise.resolve(known.value);
      }
      const flying = flights.get(key);
      if (flying !== undefined) return flying;
      const began = generation;
      const flight = load(key)
        .then((value) => {
          if (began !== generation) return value;
          kept.set(key, { value });
          if (kept.size > max) kept.delete(kept.keys().next().value ?? key);
          return value;
        })
        .finally(() => {
          if (flights.get(key) === flight) flights.delete(key);
        });
      flights.set(key, flight);
      return flight;
    },
    drop() {
      generation++;
      kept.clear();
      flights.clear();
    },
  };
}
