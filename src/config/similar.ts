/** The known name that was most likely meant: at most two edits away, or a third of its length. */
export function most_similar(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let best_distance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = edits(name, candidate);
    if (distance < best_distance) [best, best_distance] = [candidate, distance];
  }
  return best_distance <= Math.max(2, name.length / 3) ? best : undefined;
}

/** Levenshtein distance. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
