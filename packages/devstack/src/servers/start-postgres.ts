import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { freePort } from '../processes/free-port.ts';
import { type Service, startService } from '../processes/service.ts';
import { canReach, type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts';
import { isPostgresOn, pidFileOf, postgresOn } from './postgres-on.ts';
import { throwawayFolder } from './throwaway-folder.ts';

export interface PostgresOptions {
  /** The folder that keeps the data between starts. Absent: a temporary one, removed by `stop`. */
  readonly dataDir?: string | undefined;
  /** Absent: a free one. */
  readonly port?: number | undefined;
  readonly logFile?: string | undefined;
  /** More settings of the server, as `name=value`. */
  readonly settings?: readonly string[] | undefined;
}

export interface RunningPostgres {
  /** The address of the database `ledgerpost`. */
  readonly url: string;
  readonly port: number;
  readonly service: Service;
  stop(): Promise<void>;
}

/**
 * Starts a Postgres on 127.0.0.1. Resolves when it accepts queries. A temporary one trades safety for speed; kept data
 * is as safe as Postgres makes it. Leftovers of a crashed run don't matter. The caller prevents two starts on one kept
 * folder at a time: the second stops the first.
 *
 * @throws Error with the server's last output if it does not start.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<RunningPostgres> {
  const binaries = await postgresBinaries();
  const throwaway = options.dataDir === undefined;
  const home = await homeFor(options.dataDir, binaries);
  const cluster = join(home, 'cluster');
  const password = await prepareCluster(home, cluster, binaries, throwaway);
  await clearLeftovers(cluster);

  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const service = await startService({
      name: 'Postgres',
      command: binaries.postgres,
      args: [
        ...['-D', cluster, '-p', String(port)],
        ...[...settings(throwaway), ...(options.settings ?? [])].flatMap((setting) => ['-c', setting]),
      ],
      // Postgres looks up its working directory, which must be open to the user it runs as.
      cwd: cluster,
      user: binaries.user,
      stopSignal: 'SIGINT',
      graceMs: 15_000,
      logFile: options.logFile,
    });
    try {
      const url = (database: string) => `postgres://ledgerpost:${password}@127.0.0.1:${port}/${database}`;
      await waitUntilServing(url('postgres'), service);
      await createDatabaseOnce(url('postgres'));
      return {
        url: url('ledgerpost'),
        port,
        service,
        async stop() {
          await service.stop();
          if (throwaway) await rm(home, { recursive: true, force: true });
        },
      };
    } catch (error) {
      await service.stop();
      // Another process may have taken the free port in between.
      if (options.port !== undefined || attempt === 3) {
        if (throwaway) await rm(home, { recursive: true, force: true });
        throw error;
      }
    }
  }
}

/**
 * The folder itself, or a fixed one in /var/tmp where the user that Postgres runs as can't reach it (for example in a
 * checkout under /root).
 */
export async function homeFor(dataDir: string | undefined, { user }: Pick<PostgresBinaries, 'user'>): Promise<string> {
  if (dataDir === undefined) return throwawayFolder();
  await mkdir(dataDir, { recursive: true });
  if (!user) return dataDir;
  await chown(dataDir, user.uid, user.gid);
  if (canReach(user, dataDir)) return dataDir;
  const home = join(
    '/var/tmp',
    `ledgerpost-postgres-${createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16)}`,
  );
  await mkdir(home, { recursive: true, mode: 0o700 });
  const { uid } = await stat(home);
  // Everyone may write to /var/tmp: a folder of another user is not trusted.
  if (uid !== 0 && uid !== user.uid) throw new Error(`${home} belongs to another user. Remove it, or set DATABASE_URL.`);
  await writeFile(join(dataDir, 'MOVED'), `Postgres can't reach this folder as the user it runs as; its data is in ${home}\n`);
  return home;
}

/**
 * Pages that Postgres keeps by itself. What a large batch reads and writes should fit: each page beyond it is copied from the system's
 * cache and back. The databases of tests are small, and many. Postgres takes the memory only as it needs it.
 */
function sharedBuffersMb(throwaway: boolean): number {
  // In a container, its limit counts; 0 is none.
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  const eighth = Math.floor(memory / 8 / 2 ** 20);
  return throwaway ? 256 : Math.min(Math.max(eighth, 128), 1024);
}

function settings(throwaway: boolean): string[] {
  const always = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    `shared_buffers=${sharedBuffersMb(throwaway)}MB`,
    // No replica reads this log, so it need not hold what a replica needs.
    'wal_level=minimal',
    'max_wal_senders=0',
    // After each checkpoint every page is written whole once more, so a large batch should see few of them.
    'max_wal_size=4GB',
    'log_min_messages=warning',
    'timezone=UTC',
  ];
  // The tests of several packages share one at the same time, each process with a pool of its own. Its log may be in memory too.
  const fast = ['max_connections=400', 'fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_wal_size=1GB'];
  return throwaway ? [...always, ...fast] : always;
}

/** Creates the cluster if there is none yet. Returns the password. */
async function prepareCluster(home: string, cluster: string, binaries: PostgresBinaries, throwaway: boolean): Promise<string> {
  const passwordFile = join(home, 'password');
  const exists = await stat(join(cluster, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
  if (exists) return (await readFile(passwordFile, 'utf8')).trim();

  // A start that was interrupted while it created the cluster leaves an incomplete one.
  await rm(cluster, { recursive: true, force: true });
  await mkdir(cluster, { mode: 0o700 });
  const password = randomBytes(18).toString('base64url');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (binaries.user) {
    for (const path of [home, cluster, passwordFile]) await chown(path, binaries.user.uid, binaries.user.gid);
  }
  await initialise(cluster, passwordFile, binaries, throwaway);
  return password;
}

async function initialise(cluster: string, passwordFile: string, binaries: PostgresBinaries, throwaway: boolean): Promise<void> {
  const args = [
    `--pgdata=${cluster}`,
    `--pwfile=${passwordFile}`,
    '--username=ledgerpost',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    ...(throwaway ? ['--no-sync', '--no-data-checksums'] : []),
  ];
  const environment = { ...process.env, LC_ALL: 'C' };
  const child = spawn(binaries.initdb, args, { cwd: dirname(passwordFile), env: environment, stdio: 'pipe', ...binaries.user });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`Postgres could not create its data folder ${cluster}:\n${output.trim()}`);
}

/** Stops a server that an earlier run left on this data, and removes the pid file of one that has ended. */
export async function clearLeftovers(cluster: string): Promise<void> {
  const pid = await postgresOn(cluster);
  // Left by a server that has ended, it would make Postgres refuse to start once another program has its number.
  if (pid === undefined) return rm(pidFileOf(cluster), { force: true });
  process.kill(pid, 'SIGINT');
  for (let waited = 0; waited < 15_000 && isPostgresOn(pid, cluster); waited += 100) await sleep(100);
  if (isPostgresOn(pid, cluster))
    throw new Error(`Postgres is still running on ${cluster} (process ${pid}) and does not end. Stop it first.`);
}

async function waitUntilServing(url: string, service: Service): Promise<void> {
  const deadline = Date.now() + 60_000;
  let last: unknown;
  while (service.isRunning() && Date.now() < deadline) {
    const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
    try {
      await sql`select 1`;
      return;
    } catch (error) {
      last = error;
      await sleep(25);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
  throw new Error(`Postgres did not start. Its last output:\n${service.lastWords()}`, { cause: last });
}

async function createDatabaseOnce(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [found] = await sql`select 1 from pg_database where datname = 'ledgerpost'`;
    if (!found) await sql`create database ledgerpost`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
