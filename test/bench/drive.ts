/** One run of an operation against the broker. */
export interface Driven {
  readonly completed: number;
  readonly seconds: number;
  /** Milliseconds, sorted. */
  readonly latencies: readonly number[];
}

/** Does an operation `count` times with `concurrency` clients, each starting its next when its last is done. Stops at the first failure. */
export async function drive(count: number, concurrency: number, operation: (client: number) => Promise<void>): Promise<Driven> {
  const latencies: number[] = [];
  let left = count;
  const started = performance.now();
  const client = async (number: number): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const begun = performance.now();
      await operation(number);
      latencies.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, (_, number) => client(number)));
  return { completed: latencies.length, seconds: (performance.now() - started) / 1000, latencies: latencies.sort((a, b) => a - b) };
}

/** The value below which this share of the run lies. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
