import { createHash } from 'node:crypto';
import type { FetchBody } from 'openid-client';
import { type Call, ConnectorError, type Tools } from '../connector.ts';

const DAY_MS = 86_400_000;

/**
 * A code is presented once, whatever comes back: presented twice, it would make an honest provider take back what it gave for it (RFC 6749 section 4.1.2).
 * @throws ConnectorError
 */
export async function take_code(tools: Pick<Tools, 'first_use' | 'now'>, body: FetchBody, call: Call): Promise<void> {
  const code = body instanceof URLSearchParams ? body.get('code') : null;
  if (code === null) throw new ConnectorError('malformed', 'a request without a code was not sent');
  const hash = createHash('sha256').update(code).digest('base64url');
  if (await tools.first_use(`code ${hash}`, tools.now() + DAY_MS)) return;
  call.check({ name: 'code', ok: false, detail: 'presented before' });
  throw new ConnectorError('replayed', 'this code was presented before');
}
