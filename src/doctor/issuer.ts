import type { Keys } from '../tokens/index.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

const CLOCK_MS = 30_000;

/** Whether the issuer answers where it says it is, as itself, and its clock is ours. */
export async function look_at_issuer(issuer: string, now: () => number, fetch: typeof globalThis.fetch): Promise<Finding[]> {
  let answer: Response;
  try {
    answer = await fetch(`${issuer}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(5000), redirect: 'manual' });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : 'no answer';
    return [
      warning(
        'issuer',
        `${issuer} does not answer from here: ${cause}`,
        'Start the broker (npm start). If it runs, check DNS, TLS and the proxy in front of it.',
      ),
    ];
  }
  const said = answer.status === 200 ? await issuer_of(answer) : undefined;
  if (said !== issuer) {
    return [
      problem(
        'issuer',
        `${issuer} answers, but not as this issuer (status ${answer.status}${said === undefined ? '' : `, issuer ${said}`}).`,
        'POSTERN_ISSUER must be exactly what browsers use, and the proxy must pass everything on to Postern.',
      ),
    ];
  }
  const findings = [ok('issuer', `${issuer} answers.`)];
  const at = Date.parse(answer.headers.get('date') ?? '');
  if (!Number.isNaN(at) && Math.abs(at - now()) > CLOCK_MS) {
    findings.push(
      problem('clock', `The machine that serves is ${Math.round(Math.abs(at - now()) / 1000)} s off this one.`, 'Keep both in time (NTP).'),
    );
  }
  return findings;
}

async function issuer_of(answer: Response): Promise<string | undefined> {
  try {
    const document: unknown = await answer.json();
    return typeof document === 'object' && document !== null && 'issuer' in document && typeof document.issuer === 'string'
      ? document.issuer
      : undefined;
  } catch {
    return undefined;
  }
}

/** Signing keys: there, and not past their age. */
export async function look_at_signing_keys(keys: Pick<Keys, 'list'>, now: number, max_age_days: number): Promise<Finding[]> {
  const all = await keys.list();
  const signers = all.filter(({ state }) => state === 'current');
  if (signers.length === 0) return [warning('signing keys', 'There are none yet.', 'They are made when the broker first starts.')];
  const oldest = Math.min(...signers.map(({ current_at, created_at }) => current_at ?? created_at));
  const days = Math.floor((now - oldest) / 86_400_000);
  if (days > max_age_days + 1)
    return [warning('signing keys', `They have signed for ${days} days.`, 'Run postern keys rotate; a running broker does it by itself.')];
  return [ok('signing keys', `${signers.map(({ alg }) => alg).join(', ')}, for ${days} days.`)];
}
