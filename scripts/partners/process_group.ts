import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whoever does not end when told is ended. */
const PATIENCE_MS = 5000;

/** Ends a process group: children outlive the process that was started, and use its port and its folder until they end. */
export async function end_group(group: number | undefined): Promise<void> {
  if (group === undefined) return;
  const kill = (signal: NodeJS.Signals): void => {
    try {
      process.kill(-group, signal);
    } catch {
      // it has ended
    }
  };
  if (group_runs(group)) kill('SIGTERM');
  const late = setTimeout(() => kill('SIGKILL'), PATIENCE_MS);
  while (group_runs(group)) await sleep(20);
  clearTimeout(late);
}

/** Whether anybody of it still runs. Who is dead and only waits to be noticed does not; a signal would reach those as well. Linux only. */
function group_runs(group: number): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => {
      const [state, , its_group] = stat_of(pid);
      return its_group === String(group) && state !== 'Z' && state !== 'X';
    });
}

/** What stands behind the name of a process: its state, its parent, its group (proc_pid_stat(5)). The name may have any signs in it. */
function stat_of(pid: string): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return []; // it has ended meanwhile
  }
}
