import type { Check, Tools } from '../connector.ts';
import { is_private } from './private_address.ts';

/**
 * Whether what is sent to a partner's address is safe on its way: by https, or inside a private network that the operator has allowed, where
 * plain http is named but no fault (a partner on this machine, a mock). `detail` is what else there is to say of it.
 */
export async function check_address(name: string, url: string, detail: string, tools: Pick<Tools, 'resolve'>): Promise<Check> {
  if (url.startsWith('https:')) return { name, ok: true, detail };
  if (await stays_inside(url, tools))
    return { name, ok: true, detail: `${detail}; not encrypted, inside a private network that is allowed` };
  const fix = 'The address begins with http://: what is sent there can be read and changed on the way. Use https://.';
  return { name, ok: false, detail, fix };
}

/** The egress rules refuse private addresses that the operator has not allowed. */
async function stays_inside(url: string, tools: Pick<Tools, 'resolve'>): Promise<boolean> {
  const host = URL.parse(url)?.hostname;
  if (host === undefined) return false;
  try {
    return is_private((await tools.resolve(host)).address);
  } catch {
    return false;
  }
}
