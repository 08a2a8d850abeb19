import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { throwawayFolder } from './throwaway-folder.ts';

const MEMORY = '/dev/shm';

describe.skipIf(!existsSync(MEMORY))('a folder for data that nobody keeps', () => {
  let memory: string;
  beforeEach(async () => {
    memory = await mkdtemp(join(MEMORY, 'ledgerpost-test-'));
  });
  afterEach(() => rm(memory, { recursive: true, force: true }));

  /** A folder as a run leaves it, with a server of that number, if any. */
  async function left(name: string, minutesAgo: number, pid?: number): Promise<string> {
    const folder = join(memory, name);
    await mkdir(join(folder, 'cluster'), { recursive: true });
    if (pid !== undefined) await writeFile(join(folder, 'cluster/postmaster.pid'), `${pid}\n${folder}/cluster\n`);
    const then = new Date(Date.now() - minutesAgo * 60_000);
    await utimes(folder, then, then);
    return folder;
  }

  it('is in memory where there is plenty of it, and else with other temporary files', async () => {
    expect(dirname(await throwawayFolder(1, memory))).toBe(memory);
    for (const folder of [await throwawayFolder(2 ** 60, memory), await throwawayFolder(1, join(memory, 'nowhere'))]) {
      expect(dirname(folder)).toBe(tmpdir());
      await rm(folder, { recursive: true });
    }
  });

  it('comes with the removal of what killed runs left there, but of nothing that is served, recent or not ours', async () => {
    const served = join(memory, 'ledgerpost-postgres-served');
    const server = spawn(process.execPath, ['-e', 'process.stdin.resume()', join(served, 'cluster')], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const kept = [
      await left('ledgerpost-postgres-served', 90, server.pid),
      await left('ledgerpost-postgres-recent', 30),
      await left('ledgerpost-something', 90),
    ];
    const dead = [
      await left('ledgerpost-postgres-dead', 90, 2 ** 22 + 1),
      await left('ledgerpost-postgres-other', 90, process.pid),
      await left('ledgerpost-postgres-half', 90),
    ];
    try {
      await throwawayFolder(1, memory);
      expect(kept.filter((folder) => !existsSync(folder))).toEqual([]);
      expect(dead.filter((folder) => existsSync(folder))).toEqual([]);
    } finally {
      server.kill();
    }
  });
});
