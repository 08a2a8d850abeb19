import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { holdLock, lockHolder } from './hold-lock.ts';

const folder = await mkdtemp(join(tmpdir(), 'ledgerpost-lock-'));
afterAll(() => rm(folder, { recursive: true }));

describe('a lock on a data folder', () => {
  it('is refused to a second holder, with the process of the first', async () => {
    const file = join(folder, 'one');
    const lock = await holdLock(file);
    await expect(holdLock(file)).rejects.toMatchObject({ name: 'LockedError', pid: process.pid });
    await lock.release();
  });

  it('can be taken again after release', async () => {
    const file = join(folder, 'two');
    await (await holdLock(file)).release();
    expect(await lockHolder(file)).toBeUndefined();
    await (await holdLock(file)).release();
  });

  it('left behind by a crash is taken over, even if the process number and port belong to others now', async () => {
    const file = join(folder, 'three');
    const other = await holdLock(join(folder, 'other'));
    const { port } = JSON.parse(await readFile(join(folder, 'other'), 'utf8'));
    await writeFile(file, JSON.stringify({ pid: process.pid, port, token: 'of the crashed one' }));
    const lock = await holdLock(file);
    expect(await lockHolder(file)).toEqual({ pid: process.pid });
    await lock.release();
    await other.release();
  });

  it('is taken over if the file is half written', async () => {
    const file = join(folder, 'four');
    await writeFile(file, '{"pid":');
    await (await holdLock(file)).release();
  });
});
