import { mkdtemp, readdir, rm, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresOn } from './postgres-on.ts';

/** Where Linux has a file system in memory. */
const MEMORY = '/dev/shm';
/** How statfs names such a one, from linux/magic.h. */
const TMPFS = 0x01021994;
/** In bytes, and several times what a whole run of the tests keeps there at once. */
const PLENTY = 6 * 2 ** 30;
const PREFIX = 'ledgerpost-postgres-';
/** In milliseconds: no server of tests is created, or stopped for a while, for so long. */
const LEFT_AFTER = 3_600_000;

/**
 * A new folder for the data of a Postgres that is removed with it: in memory where there is plenty. A database has some 650 files. ext4
 * creates a file without the numbers of those that were removed in the last minutes, and looks at each of these: to create and remove
 * one database took 75 ms the first time, and 330 after forty others, nearly all of it in the kernel. In memory it takes 47 every time.
 *
 * @param plenty how much must be free there, in bytes
 * @param memory the file system to look for
 */
export async function throwawayFolder(plenty = PLENTY, memory = MEMORY): Promise<string> {
  const found = await statfs(memory).catch(() => undefined);
  const isRoomy = found?.type === TMPFS && Math.min(found.bavail * found.bsize, process.availableMemory()) >= plenty;
  if (!isRoomy) return mkdtemp(join(tmpdir(), PREFIX));
  await removeLeft(memory);
  return mkdtemp(join(memory, PREFIX));
}

/** Removes what runs left that were killed: memory is not given back otherwise until the machine starts again. */
async function removeLeft(memory: string): Promise<void> {
  for (const name of (await readdir(memory)).filter((one) => one.startsWith(PREFIX))) {
    const folder = join(memory, name);
    const made = await stat(folder).catch(() => undefined);
    if (made === undefined || Date.now() - made.mtimeMs <= LEFT_AFTER) continue;
    // Another user's can't be removed, and is theirs.
    if ((await postgresOn(join(folder, 'cluster'))) === undefined)
      await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}
