export interface Counts {
  seen: number;
  created: number;
  updated: number;
  deactivated: number;
  unchanged: number;
  /** People who could not be followed. */
  problems: number;
}

/** Reported one by one; the others are counted. */
const MOST_PROBLEMS = 100;

/** What came of a run, each person counted once. */
export class Tally {
  readonly problems: { subject: string; problem: string }[] = [];
  deactivated = 0;
  seen = 0;
  private failed = 0;
  private readonly outcomes = new Map<string, 'created' | 'updated' | 'unchanged'>();

  /** The same person may come twice: what was more counts. */
  count(what: 'created' | 'updated' | 'unchanged', user_id: string): void {
    const before = this.outcomes.get(user_id);
    if (before === undefined || before === 'unchanged') this.outcomes.set(user_id, what);
  }

  problem(subject: string, problem: string): void {
    this.failed++;
    if (this.problems.length < MOST_PROBLEMS) this.problems.push({ subject: subject.slice(0, 255), problem: problem.slice(0, 500) });
  }

  /** What came of a part of it. */
  add(part: Tally): void {
    for (const [user_id, what] of part.outcomes) this.count(what, user_id);
    for (const { subject, problem } of part.problems) this.problem(subject, problem);
    this.failed += part.failed - part.problems.length;
  }

  counts(): Counts {
    const of = (wanted: string): number => [...this.outcomes.values()].filter((what) => what === wanted).length;
    const { seen, deactivated, failed: problems } = this;
    return { seen, created: of('created'), updated: of('updated'), deactivated, unchanged: of('unchanged'), problems };
  }
}
