import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

interface Cost {
  readonly name: string;
  /** CPU that the thread of all requests spent: what it was blocked for, whatever else the machine did. */
  readonly main_cpu_ms: number;
  /** The longest that the event loop was late, by the wall clock. */
  readonly longest_delay_ms: number;
  /** CPU of the whole process, the worker included. */
  readonly all_cpu_ms: number;
  readonly all_ms: number;
  readonly memory_mb: number;
  readonly ended: string;
}

/** What the worst messages cost: each kind in a process of its own, of which the memory and the event loop are measured. */
export function measure_worst({ json, only }: { json: boolean; only: string | undefined }): void {
  const file = fileURLToPath(new URL('./saml_worst_process.ts', import.meta.url));
  const rows: Cost[] = [];
  for (const part of ['small', 'large', 'enormous', 'logout', 'metadata', 'settings']) {
    if (only !== undefined && !only.startsWith(part)) continue;
    const args = ['--import', 'tsx', '--expose-gc', file, only ?? part];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e8 });
    if (status !== 0) throw new Error(stderr);
    rows.push(...(JSON.parse(stdout) as Cost[])); // as saml_worst_process.ts prints
  }
  if (json) return console.log(JSON.stringify(rows, undefined, 2));
  console.log('blocked, CPU ms   delay, ms   in all, CPU ms   in all, ms   memory, MB   message (how it ended)');
  for (const row of rows.sort((a, b) => b.main_cpu_ms - a.main_cpu_ms)) {
    const figures = [
      row.main_cpu_ms.toFixed(1).padEnd(17),
      row.longest_delay_ms.toFixed(0).padEnd(11),
      row.all_cpu_ms.toFixed(0).padEnd(16),
      row.all_ms.toFixed(0).padEnd(12),
    ];
    console.log(`${figures.join(' ')} ${row.memory_mb.toFixed(1).padEnd(12)} ${row.name} (${row.ended})`);
  }
}
