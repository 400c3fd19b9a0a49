/** Something done again and again while a process serves. */
export interface Task {
  readonly name: string;
  readonly interval_ms: number;
  run(): Promise<unknown>;
}

export interface Background {
  start(): void;
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

/** Runs each task in its own rhythm, never twice at once; one that fails is logged and tried again in its turn. */
export function make_background(tasks: readonly Task[], failed: (task: string, error: unknown) => void): Background {
  const timers: NodeJS.Timeout[] = [];
  const running = new Map<string, Promise<void>>();
  const run = (task: Task): void => {
    if (running.has(task.name)) return;
    const turn = task
      .run()
      .then(
        () => undefined,
        (error: unknown) => failed(task.name, error),
      )
      .finally(() => running.delete(task.name));
    running.set(task.name, turn);
  };
  return {
    start() {
      for (const task of tasks) {
        const timer = setInterval(() => run(task), task.interval_ms);
        timer.unref();
        timers.push(timer);
      }
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running.values());
    },
  };
}
