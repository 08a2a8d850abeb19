import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startService } from './service.ts';

const stubborn = 'process.on("SIGTERM", () => console.log("heard")); setInterval(() => {}, 1000); console.log("ready")';

describe('a started process', () => {
  it('that does not shut down in time is killed', async () => {
    const service = await startService({
      name: 'Stubborn',
      command: process.execPath,
      args: ['-e', stubborn],
      stopSignal: 'SIGTERM',
      graceMs: 300,
    });
    await until(() => service.lastWords().includes('ready'));
    await service.stop();
    expect(await service.ended).toEqual({ code: null, signal: 'SIGKILL' });
    expect(service.lastWords()).toContain('heard');
  });

  it('that can’t be started is an error that names it', async () => {
    await expect(
      startService({ name: 'Nothing', command: '/no/such/program', args: [], stopSignal: 'SIGTERM', graceMs: 100 }),
    ).rejects.toThrow('Nothing could not be started');
  });

  it('does not outlive a parent that is killed', async () => {
    const parent = spawn(
      process.execPath,
      [
        '-e',
        `import(${JSON.stringify(new URL('./service.ts', import.meta.url).href)}).then(async ({ startService }) => {
          const service = await startService({ name: 'Child', command: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'], stopSignal: 'SIGTERM', graceMs: 2000 });
          console.log(service.pid);
        })`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const pid = Number(await new Promise<string>((resolve) => parent.stdout.setEncoding('utf8').once('data', resolve)));
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !isAlive(pid));
  });
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Not within 10 s: ${condition}`);
    await sleep(20);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A dead process keeps its number until somebody collects it.
  const state = spawnSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  return !state?.trim().startsWith('Z');
}
