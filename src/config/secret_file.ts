import { dirname, join } from 'node:path';
import { Misconfigured } from '../kernel/index.ts';
import type { Settings } from './parse.ts';
import { secrets as read_secrets } from './values.ts';

/** The file operations that making a secret needs. */
export interface SecretFiles {
  /** Undefined when there is no such file. */
  read(path: string): string | undefined;
  /** Makes the file and its folder, readable by this user only; false when the file is already there. */
  create(path: string, text: string): boolean;
  random_bytes(length: number): Uint8Array;
}

/** The secrets as set; while the issuer is http on this machine and none is set, one that is made once and kept beside the database, with a warning. */
export function load_or_make_secret(
  settings: Pick<Settings, 'secrets' | 'database'>,
  files: SecretFiles,
): { readonly secrets: readonly Uint8Array[]; readonly warning?: string } {
  if (settings.secrets !== undefined) return { secrets: settings.secrets };
  const folder = settings.database.kind === 'sqlite' ? dirname(settings.database.path) : './data';
  const path = join(folder, 'postern.secret');
  let text = files.read(path);
  if (text === undefined) {
    const made = `${Buffer.from(files.random_bytes(32)).toString('base64')}\n`;
    // another process may have been faster: then its secret counts
    text = files.create(path, made) ? made : files.read(path);
  }
  let secrets: readonly Uint8Array[] = [];
  try {
    secrets = read_secrets((text ?? '').trim());
  } catch (_unreadable) {
    // said below
  }
  if (secrets.length === 0) throw new Misconfigured('no_secret', `${path} holds no secret. Restore it, or set POSTERN_SECRET.`);
  return { secrets, warning: `POSTERN_SECRET is not set: using ${path}. Set your own before others rely on this installation.` };
}
