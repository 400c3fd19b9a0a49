import cluster, { type Worker } from 'node:cluster';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { open_broker } from './broker.ts';
import { load_or_make_secret, parse_settings, report_problems, type SecretFiles, type Settings, worker_count } from './config/index.ts';
import { type Listening, listen, make_log, metrics_handler } from './http/index.ts';
import { system_clock } from './kernel/index.ts';
import { open_postern, type World } from './wiring.ts';

/** How long requests in hand may take once the process is told to end. */
const DRAIN_MS = 25_000;

/** The settings of this process, with their secrets; ends the process with every mistake listed when one is wrong. */
export function load_settings(): World {
  const result = parse_settings(process.env, read_file);
  if (!result.ok) {
    process.stderr.write(report_problems(result.problems));
    process.exit(1);
  }
  return make_world(result.settings, result.warnings);
}

/** The impure world around given settings. */
export function make_world(settings: Settings, warnings: readonly string[] = []): World {
  const log = make_log(settings.log_level);
  const { secrets, warning } = load_or_make_secret(settings, secret_files);
  if (cluster.isPrimary) for (const text of [...warnings, ...(warning === undefined ? [] : [warning])]) log.warn(text);
  return { settings, secrets, now: system_clock.now, random: Math.random, log };
}

/** Serves until it is told to end: SIGTERM and SIGINT drain. */
export async function serve(world: World): Promise<void> {
  const workers = worker_count(world.settings, availableParallelism());
  if (workers > 1 && cluster.isPrimary) return lead(world, workers);
  try {
    const serving = await start(world);
    const { issuer } = world.settings;
    world.log.info({ issuer, port: serving.port, database: world.settings.database.kind }, 'serving');
    await told_to_end();
    world.log.info('draining');
    await serving.stop(DRAIN_MS);
  } finally {
    // the channel to the leader is the last thing that keeps a worker alive
    cluster.worker?.disconnect();
  }
}

export interface Serving {
  readonly port: number;
  /** Out of readiness, no more connections, requests in hand finished within `grace_ms`, then everything closed. */
  stop(grace_ms: number): Promise<void>;
}

/** Migrates, opens, wires and listens, in this process. */
export async function start(world: World): Promise<Serving> {
  const { settings } = world;
  const postern = await open_postern(world);
  try {
    const migrated = await postern.storage.migrate();
    if (migrated.length > 0) world.log.info({ migrated }, 'the database was migrated');
    const broker = await open_broker(postern);
    const listening: Listening[] = [await listen((request, response) => void broker.handler(request, response), settings)];
    if (settings.metrics_address !== undefined) listening.push(await listen(metrics_handler(broker.metrics), settings.metrics_address));
    broker.start_background();
    return {
      port: listening[0]?.port ?? settings.port,
      async stop(grace_ms) {
        broker.retire();
        await Promise.all(listening.map((server) => server.drain(grace_ms)));
        await broker.stop_background();
        await postern.close();
      },
    };
  } catch (error) {
    await postern.close();
    throw error;
  }
}

/** Starts the workers, replaces one that dies, passes the end on. One that dies before any of them has served will not serve the next time either: then this process fails. */
async function lead({ log, settings }: World, workers: number): Promise<void> {
  let served = false;
  let ending = false;
  cluster.on('listening', () => {
    served = true;
  });
  const cannot_serve = new Promise<void>((resolve) => {
    cluster.on('exit', (worker, code, signal) => {
      if (ending) return;
      const about = { pid: worker.process.pid, code, signal };
      if (!served) {
        log.fatal(about, 'a worker ended before it served');
        process.exitCode = 1;
        return resolve();
      }
      log.error(about, 'a worker died and is replaced');
      setTimeout(() => ending || cluster.fork(), 1000);
    });
  });
  for (let count = 0; count < workers; count++) cluster.fork();
  log.info({ workers, issuer: settings.issuer }, 'serving with several processes');
  await Promise.race([told_to_end(), cannot_serve]);
  ending = true;
  await Promise.all(
    Object.values(cluster.workers ?? {})
      .filter((worker) => worker !== undefined)
      .map(end_worker),
  );
}

/** Tells a worker to drain, and waits for its end; one that outstays its time is ended. */
function end_worker(worker: Worker): Promise<void> {
  const patience = setTimeout(() => worker.process.kill('SIGKILL'), DRAIN_MS + 5000);
  return new Promise((resolve) => {
    worker.once('exit', () => {
      clearTimeout(patience);
      resolve();
    });
    worker.process.kill('SIGTERM');
  });
}

function told_to_end(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

const read_file = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

const secret_files: SecretFiles = {
  read: read_file,
  create(path, text) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    try {
      writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      throw error;
    }
  },
  random_bytes: (length) => new Uint8Array(randomBytes(length)),
};
