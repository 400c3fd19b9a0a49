import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** One file as it is sent. */
export interface ConsoleFile {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  /** Undefined where it saves nothing. */
  readonly br: Buffer | undefined;
  readonly gzip: Buffer | undefined;
}

export interface ConsoleFiles {
  /** The one page, as it was built; undefined when it was not. */
  readonly page: string | undefined;
  /** By path under `/console/`. */
  readonly files: ReadonlyMap<string, ConsoleFile>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};
const COMPRESSED = /^(text|application|image\/svg)/;
const br = promisify(brotliCompress);
const gz = promisify(gzip);

/** Reads what Vite built, once: only what is known here is ever sent, so no path can lead anywhere else. */
export async function read_console(folder: string): Promise<ConsoleFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(nothing);
  const files = new Map<string, ConsoleFile>();
  let page: string | undefined;
  for (const entry of entries) {
    const type = TYPES[extname(entry.name)];
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).split(sep).join('/');
    if (entry.isFile() && name === 'index.html') page = await readFile(path, 'utf8');
    else if (entry.isFile() && type !== undefined) files.set(name, await pack(type, await readFile(path)));
  }
  return { page, files };
}

async function pack(type: string, plain: Buffer): Promise<ConsoleFile> {
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  const file = { type, etag, plain };
  if (!COMPRESSED.test(type) || plain.length < 1024) return { ...file, br: undefined, gzip: undefined };
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
  return { ...file, br: await br(plain, quality), gzip: await gz(plain) };
}

const nothing = (error: unknown): [] => {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
};
