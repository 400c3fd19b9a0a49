import type { ExportFormat } from '../audit/index.ts';
import { type Cli, Misuse, with_postern } from './cli.ts';
import { print_item, print_list } from './print.ts';

export interface AuditOptions {
  readonly org?: string;
  readonly type?: string;
  readonly actor?: string;
  readonly since?: string;
  readonly limit?: number;
  readonly after?: string;
  readonly json?: true;
}

/** `postern audit list`: what was done, newest first. */
export async function audit_list(cli: Cli, options: AuditOptions): Promise<void> {
  const since = options.since === undefined ? undefined : read_time(options.since, cli.now());
  await with_postern(cli, async ({ audit, organizations }) => {
    const organization_id = options.org === undefined ? undefined : (await organizations.require_organization(options.org)).id;
    const { limit, after, type, actor } = options;
    const list = await audit.list_events({
      limit,
      after,
      ...(organization_id !== undefined && { organization_id }),
      ...(type !== undefined && { type }),
      ...(actor !== undefined && { actor }),
      ...(since !== undefined && { since }),
    });
    print_list(cli, list, ['at', 'type', 'actor.kind', 'actor.name', 'target.kind', 'target.name', 'target.id'], options.json === true);
  });
}

export interface AuditExportOptions {
  readonly format: ExportFormat;
  readonly org?: string;
  readonly type?: string;
  readonly since?: string;
  readonly after?: string;
}

/** `postern audit export`: everything, a page at a time. */
export async function audit_export(cli: Cli, { format, org, type, since: from, after }: AuditExportOptions): Promise<void> {
  const since = from === undefined ? undefined : read_time(from, cli.now());
  if (after !== undefined && !/^\d{1,10}$/.test(after)) throw new Misuse(`"${after}" is no place in the chain: it is the seq of an event.`);
  await with_postern(cli, async ({ audit, organizations }) => {
    const organization_id = org === undefined ? undefined : (await organizations.require_organization(org)).id;
    await audit.seal_chain();
    for (let place = Number(after ?? 0), more = true; more; ) {
      const page = await audit.export_events({ format, after: place, organization_id, type, since });
      if (page.lines.length > 0) cli.out(page.lines.join('\n'));
      [place, more] = [page.after, page.more];
    }
  });
}

/** `postern audit verify`. */
export async function audit_verify(cli: Cli, json: boolean): Promise<void> {
  await with_postern(cli, async ({ audit }) => {
    await audit.seal_chain();
    const report = await audit.verify_chain();
    if (json) cli.out(JSON.stringify(report, null, 2));
    else {
      for (const { seq, id, what } of report.problems) cli.out(`PROBLEM  ${seq ?? 'chain'}${id === null ? '' : ` ${id}`}: ${what}`);
      const { rows, erased, head } = report;
      const end = head === null ? '' : `; it ends at ${head.seq} ${head.link}`;
      cli.out(`${report.ok ? 'ok' : 'NOT OK'}  ${rows} events in the chain, ${erased} of them erased${end}`);
    }
    if (!report.ok) cli.fail();
  });
}

export interface TraceListOptions {
  readonly org?: string;
  readonly outcome?: string;
  readonly limit?: number;
  readonly after?: string;
  readonly json?: true;
}

/** `postern trace list`: the last sign-ins. */
export async function trace_list(cli: Cli, options: TraceListOptions): Promise<void> {
  await with_postern(cli, async ({ audit, organizations }) => {
    const organization_id = options.org === undefined ? undefined : (await organizations.require_organization(options.org)).id;
    const { limit, after, outcome } = options;
    const list = await audit.list_traces({
      limit,
      after,
      ...(organization_id !== undefined && { organization_id }),
      ...(outcome !== undefined && { outcome }),
    });
    print_list(cli, list, ['started_at', 'reference', 'outcome', 'code', 'organization_id', 'connection_id'], options.json === true);
  });
}

/** `postern trace get`: what happened in one sign-in, by the reference that the person saw. */
export async function trace_get(cli: Cli, reference: string, json: boolean): Promise<void> {
  await with_postern(cli, async ({ audit }) => print_item(cli, await audit.find_trace(reference, { personal: true }), json));
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A moment, or how long ago: `2026-01-31`, `2026-01-31T12:00:00Z`, `30m`, `12h`, `7d`. Epoch milliseconds. */
function read_time(text: string, now: number): number {
  const ago = /^(\d{1,6})([mhd])$/.exec(text);
  if (ago !== null) return now - Number(ago[1]) * (UNITS[ago[2] ?? ''] ?? 0);
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new Misuse(`"${text}" is no time: write 2026-01-31T12:00:00Z, or 30m, 12h, 7d for how long ago.`);
  return at;
}
