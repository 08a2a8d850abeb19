import { chmod, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { commandLineOf } from './command-line-of.ts';
import { runDemo } from './demo/run-demo.ts';
import { qboSimulatorClient } from './qbo-simulator-client.ts';
import { runningStack, type Stack, startStack } from './stack.ts';

// What is set for another purpose must not become the stack of a test.
for (const name of Object.keys(process.env)) {
  if (/^(DATABASE_URL|PORT|PUBLIC_URL|TEMPORAL_.*|LEDGERPOST_QBO_.*|LEDGERPOST_SEALING_KEYS)$/.test(name))
    delete process.env[name];
}

let folder: string;
let stack: Stack;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledgerpost-stack-'));
  // Open to the user that Postgres runs as where the tests run as root.
  await chmod(folder, 0o755);
  stack = await startStack({ dataDir: join(folder, 'data') });
}, 120_000);
afterAll(async () => {
  await stack?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the stack on a laptop', () => {
  it('is found by who has the same data, and by nobody else', async () => {
    expect(await runningStack(join(folder, 'data'))).toMatchObject({ apiUrl: stack.apiUrl, adminKey: stack.adminKey });
    expect(await runningStack(join(folder, 'elsewhere'))).toBeUndefined();
  });

  it('is refused a second time on the same data, with the process that has it', async () => {
    await expect(startStack({ dataDir: join(folder, 'data') })).rejects.toThrow(`already, in process ${process.pid}`);
  });

  it('has simulated books to connect to, with QuickBooks’ limits, and a key to seal access with', async () => {
    const simulator = qboSimulatorClient(stack.qboSimulatorUrl!);
    expect(await simulator.companies()).toHaveLength(2);
    expect(await simulator.control('GET', '/limits')).toMatchObject({ perMinute: 500, batchesPerMinute: 40 });
    const kept = await stat(join(folder, 'data/sealing-keys'));
    expect(kept.mode & 0o777).toBe(0o600);
  });

  it('runs the demo, and every record ends as it should', async () => {
    const said = vi.spyOn(console, 'log').mockImplementation(() => {});
    const order = { seed: 4711, target: 'saasant', run: 'test', folder: join(folder, 'demo') };
    const asItShould = await runDemo(stack, order);
    const lines = said.mock.calls.map(([line]) => String(line));
    said.mockRestore();
    expect(lines.filter((line) => line.includes('SURPRISE'))).toEqual([]);
    expect(asItShould).toBe(true);
    const [company] = await readdir(order.folder);
    const zips = await readdir(join(order.folder, company!));
    expect(zips).toHaveLength(2);
    expect(lines.at(-1)).toContain(zips.sort().at(-1));
  }, 120_000);

  it('leaves nothing running when it is stopped', async () => {
    const processes = JSON.parse(await readFile(join(folder, 'data/processes.json'), 'utf8')) as { pid: number }[];
    expect(processes.length).toBe(5);
    await stack.stop();
    expect(processes.filter(({ pid }) => commandLineOf(pid))).toEqual([]);
    expect(await runningStack(join(folder, 'data'))).toBeUndefined();
  });
});
