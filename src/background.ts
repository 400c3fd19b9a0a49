import { words_of } from './kernel/index.ts';

/** Something done again and again while a process serves. */
export interface Task {
  readonly name: string;
  readonly interval_ms: number;
  run(): Promise<unknown>;
}

/** How a task has fared in this process, since it started. */
export interface TaskState {
  readonly name: string;
  readonly interval_ms: number;
  readonly running: boolean;
  /** Epoch milliseconds; undefined: it has not had its turn yet. */
  readonly last_at: number | undefined;
  readonly last_ms: number | undefined;
  /** Of the last turn; undefined when it went well. */
  readonly error: string | undefined;
  readonly failures: number;
}

export interface Background {
  start(): void;
  /** Waits for what is under way. */
  stop(): Promise<void>;
  states(): readonly TaskState[];
}

interface Turns {
  running: Promise<void> | undefined;
  last_at: number | undefined;
  last_ms: number | undefined;
  error: string | undefined;
  failures: number;
}

/** Runs each task in its own rhythm, never twice at once; one that fails is logged and tried again in its turn. */
export function make_background(tasks: readonly Task[], failed: (task: string, error: unknown) => void, now: () => number): Background {
  const timers: NodeJS.Timeout[] = [];
  const all = tasks.map((task) => ({ task, turns: unstarted() }));
  const run = (task: Task, turns: Turns): void => {
    if (turns.running !== undefined) return;
    const began = now();
    turns.running = task
      .run()
      .then(
        () => {
          turns.error = undefined;
        },
        (error: unknown) => {
          turns.error = words_of(error);
          turns.failures += 1;
          failed(task.name, error);
        },
      )
      .finally(() => {
        Object.assign(turns, { running: undefined, last_at: began, last_ms: now() - began });
      });
  };
  return {
    start() {
      for (const { task, turns } of all) {
        const timer = setInterval(() => run(task, turns), task.interval_ms);
        timer.unref();
        timers.push(timer);
      }
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(all.flatMap(({ turns: { running } }) => (running === undefined ? [] : [running])));
    },
    states: () =>
      all.map(({ task: { name, interval_ms }, turns: { running, ...last } }) => ({
        name,
        interval_ms,
        running: running !== undefined,
        ...last,
      })),
  };
}

const unstarted = (): Turns => ({ running: undefined, last_at: undefined, last_ms: undefined, error: undefined, failures: 0 });
