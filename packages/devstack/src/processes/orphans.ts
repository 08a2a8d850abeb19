import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLineOf } from './command-line-of.ts';
import type { Service } from './service.ts';

interface Remembered {
  readonly name: string;
  readonly pid: number;
  readonly commandLine: string;
}

/** Saves which processes belong to a stack, in the order of their start. */
export async function rememberServices(file: string, services: readonly Service[]): Promise<void> {
  const notes = services.flatMap(({ name, pid }): Remembered[] => {
    const commandLine = commandLineOf(pid);
    return commandLine === undefined ? [] : [{ name, pid, commandLine }];
  });
  await writeFile(file, `${JSON.stringify(notes, null, 2)}\n`);
}

/**
 * Stops what a stack left running when it was killed together with its keeper. Two Temporal servers on one file, or a
 * worker with old code, would do harm. Call it only while holding the lock of the data folder.
 */
export async function stopOrphans(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '[]');
  for (const { pid, commandLine } of (JSON.parse(text) as Remembered[]).reverse()) {
    const isStill = () => commandLineOf(pid) === commandLine;
    if (!isStill()) continue;
    // Postgres shuts down fast and cleanly on SIGINT; the others end too.
    process.kill(pid, 'SIGINT');
    for (let waited = 0; waited < 10_000 && isStill(); waited += 50) await sleep(50);
    if (isStill()) process.kill(pid, 'SIGKILL');
  }
  await rm(file, { force: true });
}
