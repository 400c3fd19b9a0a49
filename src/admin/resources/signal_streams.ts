import { z } from 'zod';
import type { Storage } from '../../storage/index.ts';
import { rfc3339 } from '../../kernel/index.ts';
import type { ResourceDeps } from '../deps.ts';
import { param, type Route } from '../route.ts';
import { listed, named } from '../shapes.ts';
import { page_of } from '../short_list.ts';

const time = z.iso.datetime();
const signal_stream = z.object({
  id: z.string(),
  method: z.enum(['push', 'poll']),
  /** Push: where to. */
  endpoint_url: z.string().nullable(),
  status: z.enum(['enabled', 'paused', 'disabled']),
  status_reason: z.string().nullable(),
  description: z.string().nullable(),
  /** Events that the app has not taken yet. */
  waiting: z.int(),
  /** Events that were given up. */
  given_up: z.int(),
  /** When the app last asked whether the stream works. */
  verified_at: time.nullable(),
  created_at: time,
  updated_at: time,
});
type View = z.output<typeof signal_stream>;

/** What an app has told us to send it of shared signals: it makes, changes and ends its stream itself, with its own token. */
export function signal_stream_routes({ organizations, storage }: ResourceDeps): Route[] {
  return [
    {
      ...{ method: 'get', path: '/clients/:id/signal-streams', permission: 'clients.read', paged: true },
      summary: 'The stream of shared signals of an app, and what waits in it',
      answer: { status: 200, shape: listed(named('signal stream', signal_stream)) },
      async handle(call) {
        const id = param(call, 'id');
        await organizations.clients.get(id);
        return { status: 200, body: page_of(await streams_of(storage, id), call.list) };
      },
    },
  ];
}

async function streams_of({ gateway, sql }: Pick<Storage, 'gateway' | 'sql'>, client_id: string): Promise<View[]> {
  const rows = await gateway.signal_streams.find({ client_id });
  return Promise.all(
    rows.map(async ({ id, method, endpoint_url, status, status_reason, description, verified_at, created_at, updated_at }) => {
      const counted = await sql.get<{ waiting: number | string; given_up: number | string }>(
        `SELECT COUNT(CASE WHEN "dead_at" IS NULL THEN 1 END) AS "waiting", COUNT("dead_at") AS "given_up" FROM "outbox" WHERE "receiver" = ? AND "done_at" IS NULL`,
        [id],
      );
      return {
        ...{ id, method, endpoint_url, status, status_reason, description },
        ...{ waiting: Number(counted?.waiting ?? 0), given_up: Number(counted?.given_up ?? 0) },
        verified_at: verified_at === null ? null : rfc3339(verified_at),
        ...{ created_at: rfc3339(created_at), updated_at: rfc3339(updated_at) },
      };
    }),
  );
}
