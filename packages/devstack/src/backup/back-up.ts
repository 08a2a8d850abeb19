import { chown, cp, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { holdLock, LockedError } from '../processes/hold-lock.ts';
import { postgresUser, type SystemUser } from '../servers/postgres-binaries.ts';
import { clearLeftovers, homeFor } from '../servers/start-postgres.ts';

/** Without these, a restored database can't be signed in to, and access to books can't be decrypted. */
const SECRETS = ['admin-key', 'sealing-keys'];

/**
 * Copies the database that ships with Ledgerpost, and the secrets that belong to it, while nothing runs on them. The package with
 * this Postgres has neither pg_dump nor pg_basebackup, and a copy of the files of a stopped server is a whole backup.
 *
 * @param dataDir the data folder of the stack
 * @param into a folder that does not exist yet; only its owner can read it
 * @throws Error for operators: Ledgerpost runs, there is no database, or the folder exists
 */
export async function backUp(dataDir: string, into: string): Promise<void> {
  await whileStopped(dataDir, async (home) => {
    if (!(await exists(join(home, 'cluster/PG_VERSION')))) throw new Error(`There is no database in ${dataDir}.`);
    if (await exists(into)) throw new Error(`${into} exists already. Name a new folder.`);
    const draft = `${resolve(into)}.draft`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true, mode: 0o700 });
    await cp(home, join(draft, 'postgres'), { recursive: true, filter: (path) => !path.endsWith('postmaster.pid') });
    for (const name of SECRETS) {
      if (await exists(join(dataDir, name))) await cp(join(dataDir, name), join(draft, name));
    }
    // Only a whole backup has the name that was asked for.
    await rename(draft, into);
  });
}

/**
 * Puts a backup in the place of the database. The present one is kept beside it.
 *
 * @returns where the former database and secrets are now; undefined if there were none
 * @throws Error for operators: Ledgerpost runs, or the folder is no backup
 */
export async function restore(dataDir: string, from: string): Promise<string | undefined> {
  if (!(await exists(join(from, 'postgres/cluster/PG_VERSION')))) throw new Error(`${from} is no backup of Ledgerpost.`);
  return await whileStopped(dataDir, async (home, user) => {
    const draft = `${home}.restored`;
    await rm(draft, { recursive: true, force: true });
    await cp(join(from, 'postgres'), draft, { recursive: true });
    if (user !== undefined) await giveTo(user, draft);
    const kept = (await exists(join(home, 'cluster'))) ? await freeName(`${home}.before-restore`) : undefined;
    if (kept === undefined) await rm(home, { recursive: true, force: true });
    else await rename(home, kept);
    await rename(draft, home);
    for (const name of SECRETS) {
      if (!(await exists(join(from, name)))) continue;
      if (kept !== undefined && (await exists(join(dataDir, name)))) await rename(join(dataDir, name), join(kept, name));
      await cp(join(from, name), join(dataDir, name));
    }
    return kept;
  });
}

/** @throws Error with the process, if Ledgerpost runs on this data */
async function whileStopped<T>(dataDir: string, work: (home: string, user: SystemUser | undefined) => Promise<T>): Promise<T> {
  await mkdir(dataDir, { recursive: true });
  const lock = await holdLock(join(dataDir, 'lock')).catch((error: unknown) => {
    if (!(error instanceof LockedError)) throw error;
    throw new Error(`Ledgerpost runs on ${dataDir}, in process ${error.pid}. Stop it with Ctrl-C, then try again.`);
  });
  try {
    const user = postgresUser();
    const home = await homeFor(join(dataDir, 'postgres'), { user });
    // A Postgres that a crash left running stops here, as it would at the next start.
    await clearLeftovers(join(home, 'cluster'));
    return await work(home, user);
  } finally {
    await lock.release();
  }
}

async function giveTo(user: SystemUser, folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true })) await chown(join(folder, entry), user.uid, user.gid);
  await chown(folder, user.uid, user.gid);
}

async function freeName(name: string): Promise<string> {
  for (let n = 1; ; n += 1) if (!(await exists(`${name}-${n}`))) return `${name}-${n}`;
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
