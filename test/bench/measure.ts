import type { BrokerProcess } from './broker_process.ts';
import { drive, percentile } from './drive.ts';

/** What one operation costs. */
export interface Figures {
  readonly operation: string;
  readonly completed: number;
  readonly per_second: number;
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly p99_ms: number;
  /** Of the broker's process alone: the figure to compare. */
  readonly server_cpu_ms: number;
  readonly statements: number;
  readonly peak_mb: number;
}

export interface Operation {
  readonly name: string;
  readonly count: number;
  run(client: number): Promise<void>;
}

/** Measures an operation after a warm-up of a fifth of it. */
export async function measure(broker: BrokerProcess, operation: Operation, concurrency: number): Promise<Figures> {
  await drive(Math.max(concurrency, Math.ceil(operation.count / 5)), concurrency, (client) => operation.run(client));
  const before = { cpu: broker.cpu_ms(), statements: await broker.statements() };
  const driven = await drive(operation.count, concurrency, (client) => operation.run(client));
  const cpu = broker.cpu_ms() - before.cpu;
  const statements = (await broker.statements()) - before.statements;
  return {
    operation: operation.name,
    completed: driven.completed,
    per_second: round(driven.completed / driven.seconds),
    p50_ms: round(percentile(driven.latencies, 0.5)),
    p95_ms: round(percentile(driven.latencies, 0.95)),
    p99_ms: round(percentile(driven.latencies, 0.99)),
    server_cpu_ms: round(cpu / driven.completed, 3),
    statements: round(statements / driven.completed),
    peak_mb: round(broker.peak_mb()),
  };
}

const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

export function table(rows: readonly Figures[]): string {
  const columns = ['operation', 'completed', 'per_second', 'p50_ms', 'p95_ms', 'p99_ms', 'server_cpu_ms', 'statements', 'peak_mb'] as const;
  const cells = [columns.map(String), ...rows.map((row) => columns.map((column) => String(row[column])))];
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => (row[at] ?? '').length)));
  return cells
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
