import { readdirSync, readFileSync } from 'node:fs';

/** Whether anybody of a process group still runs. Who is dead and only waits to be noticed does not; a signal would reach those as well. Linux only. */
export function group_runs(group: number): boolean {
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
