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
