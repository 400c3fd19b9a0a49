import { look_at_configuration } from './configuration.ts';
import { look_at_database } from './database.ts';
import type { Examined, Outside } from './examined.ts';
import { type Finding, looked, warning } from './finding.ts';
import { look_at_issuer, look_at_signing_keys } from './issuer.ts';
import { look_at_mail } from './mail.ts';
import { look_at_settings } from './settings.ts';

/** What the settings tell, and whether the issuer answers where it says it is. */
export async function look_outside({ settings, now, fetch, cores }: Outside): Promise<Finding[]> {
  return [...look_at_settings(settings, cores), ...(await looked('issuer', () => look_at_issuer(settings.issuer, now, fetch)))];
}

/** What the database, the mail server, the keys and the configuration tell; what makes the rest pointless ends it. */
export async function look_inside(examined: Examined): Promise<Finding[]> {
  const { settings, storage, now, keys, mailer } = examined;
  const mail = await looked('mail', () => look_at_mail(settings, mailer));
  const { findings, usable } = await look_at_database(storage, now);
  if (!usable) return [...mail, ...findings];
  return [
    ...mail,
    ...findings,
    ...(await looked('signing keys', () => look_at_signing_keys(keys, now(), settings.signing_key_days))),
    ...(await looked('configuration', () => look_at_configuration(examined))),
  ];
}

/** Everything, for somebody who waits: whatever takes longer than the time allows is named instead of waited for. */
export async function examine(outside: Outside, examined: Examined): Promise<Finding[]> {
  const [before, after] = await Promise.all([
    in_time('issuer', examined.until, look_outside(outside)),
    in_time('installation', examined.until, look_inside(examined)),
  ]);
  return [...before, ...after];
}

function in_time(name: string, until: AbortSignal, looking: Promise<Finding[]>): Promise<Finding[]> {
  const late = new Promise<Finding[]>((resolve) => {
    const say = (): void =>
      resolve([
        warning(name, 'Looking took too long and was left.', 'postern doctor takes the time that it needs; run it where the broker runs.'),
      ]);
    // a moment for whoever stops by itself, and then tells what it has seen
    if (until.aborted) say();
    else until.addEventListener('abort', () => setTimeout(say, GRACE_MS).unref(), { once: true });
  });
  return Promise.race([looking, late]);
}

const GRACE_MS = 1000;
