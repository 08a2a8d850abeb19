import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { backUp, restore } from '../backup/back-up.ts';
import { runDemo } from '../demo/run-demo.ts';
import { commandLineOf } from '../processes/command-line-of.ts';
import { qboSimulatorClient } from '../servers/qbo-simulator-client.ts';
import { runningStack, type Stack, startStack } from './stack.ts';

// Variables set for another purpose must not change the stack of a test.
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
}, 300_000);
afterAll(async () => {
  await stack?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the stack on a laptop', () => {
  it('is found by a process with the same data, and by no other', async () => {
    expect(await runningStack(join(folder, 'data'))).toMatchObject({ apiUrl: stack.apiUrl, adminKey: stack.adminKey });
    expect(await runningStack(join(folder, 'elsewhere'))).toBeUndefined();
  });

  it('is refused a second time on the same data, with the process that holds it', async () => {
    await expect(startStack({ dataDir: join(folder, 'data') })).rejects.toThrow(
      `already running on ${join(folder, 'data')}, in process ${process.pid}`,
    );
  });

  it('has simulated books to connect to, with QuickBooks’ limits, and a key to seal access with', async () => {
    const simulator = qboSimulatorClient(stack.qboSimulatorUrl!);
    expect(await simulator.companies()).toHaveLength(2);
    expect(await simulator.control('GET', '/limits')).toMatchObject({ perMinute: 500, batchesPerMinute: 40 });
    expect(await modeOf('sealing-keys')).toBe('600');
  });

  it('keeps its logs and Temporal’s file readable for their owner alone', async () => {
    for (const part of ['logs', 'temporal']) {
      const files = await readdir(join(folder, 'data', part));
      expect(files.length).toBeGreaterThan(0);
      expect([part, await modeOf(part)]).toEqual([part, '700']);
      for (const file of files) expect([file, await modeOf(join(part, file))]).toEqual([file, '600']);
    }
  });

  it('warns of nothing in the worker’s log: that workers of targets have no workflows is how it should be', async () => {
    expect(await readFile(join(folder, 'data/logs/worker.log'), 'utf8')).not.toContain('No workflows registered');
  });

  it('is not backed up or restored while it runs', async () => {
    const runs = `Ledgerpost runs on ${join(folder, 'data')}, in process ${process.pid}. Stop it with Ctrl-C`;
    await expect(backUp(join(folder, 'data'), join(folder, 'backup'))).rejects.toThrow(runs);
    await mkdir(join(folder, 'fake/postgres/cluster'), { recursive: true });
    await writeFile(join(folder, 'fake/postgres/cluster/PG_VERSION'), '18');
    await expect(restore(join(folder, 'data'), join(folder, 'fake'))).rejects.toThrow(runs);
  });

  it('runs the demo, and every record ends as expected', async () => {
    const { asExpected, lines, order } = await demo({ seed: 4711, target: 'saasant' });
    expect(lines.filter((line) => line.includes('DIFFERENCE'))).toEqual([]);
    expect(asExpected).toBe(true);
    const [company] = await readdir(order.folder);
    const zips = await readdir(join(order.folder, company!));
    expect(zips).toHaveLength(2);
    expect(lines.at(-1)).toContain(zips.sort().at(-1));
  }, 300_000);

  it('runs the demo at QuickBooks: every record is in the books once, the ledger agrees to the cent, and an undo leaves nothing', async () => {
    const { asExpected, lines } = await demo({ seed: 4711, target: 'qbo', jobs: 100 });
    expect(lines.filter((line) => line.includes('DIFFERENCE'))).toEqual([]);
    expect(asExpected).toBe(true);
    expect(lines.filter((line) => line.includes('is what the batch reports, to the cent'))).toHaveLength(2);
    expect(lines.filter((line) => line.includes('The books are as they were before the first batch'))).toHaveLength(1);
  }, 300_000);

  it('gives Temporal’s UI the address that adds names of customers, and the API the page that may ask', async () => {
    const { Codec } = (await (await fetch(`${stack.temporalUiUrl}/api/v1/settings`)).json()) as { Codec?: { Endpoint?: string } };
    expect(Codec?.Endpoint).toBe(`${stack.apiUrl}/v1/temporal`);
    const origin = stack.temporalUiUrl!;
    const asked = await fetch(`${Codec!.Endpoint}/decode`, { method: 'OPTIONS', headers: { origin } });
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, origin]);
  });

  it('leaves nothing running when it is stopped', async () => {
    const processes = JSON.parse(await readFile(join(folder, 'data/processes.json'), 'utf8')) as { pid: number }[];
    expect(processes.length).toBe(5);
    await stack.stop();
    expect(processes.filter(({ pid }) => commandLineOf(pid))).toEqual([]);
    expect(await runningStack(join(folder, 'data'))).toBeUndefined();
  });

  it('is backed up with what ships with it, and restored over another database, which is kept', async () => {
    const [data, backup] = [join(folder, 'data'), join(folder, 'backup')];
    await backUp(data, backup);
    await expect(backUp(data, backup)).rejects.toThrow('exists already');
    expect((await stat(backup)).mode & 0o777).toBe(0o700);
    const secret = await readFile(join(data, 'sealing-keys'), 'utf8');
    await writeFile(join(data, 'sealing-keys'), 'lost');
    const kept = await restore(data, backup);
    expect(await readFile(join(kept!, 'sealing-keys'), 'utf8')).toBe('lost');
    expect((await stat(join(kept!, 'cluster/PG_VERSION'))).isFile()).toBe(true);
    expect(await readFile(join(data, 'sealing-keys'), 'utf8')).toBe(secret);
    await expect(restore(data, join(folder, 'elsewhere'))).rejects.toThrow('is no backup');
    // The next test starts on what was restored.
  });

  it('has connected companies and their simulated books again after a restart, even if another program uses its port during the start', async ({
    onTestFailed,
  }) => {
    // Simulated books may send it a webhook, and it could not close before that ends.
    const stranger = createServer((socket) => socket.destroy());
    let taken = 0;
    const lines: string[] = [];
    onTestFailed(() => console.error(`The start reported:\n${lines.join('\n')}`));
    const print = (line: string) => {
      lines.push(line);
      if (!line.startsWith('Starting the QuickBooks simulator') || taken > 0) return;
      taken = (JSON.parse(readFileSync(join(folder, 'data/ports.json'), 'utf8')) as { api: number }).api;
      stranger.listen(taken, '127.0.0.1');
    };
    stack = await startStack({ dataDir: join(folder, 'data'), print });
    await new Promise((resolve) => stranger.close(resolve));
    expect(new URL(stack.apiUrl).port).not.toBe(String(taken));
    expect(lines).toContain(`Port ${taken} (api) is in use. Using ${new URL(stack.apiUrl).port} instead.`);
    const { rows } = (await (await ask('GET', '/v1/companies')).json()) as { rows: { id: string; name: string }[] };
    const company = rows.find(({ id }) => id.endsWith('-qbo'))!;
    const card = await ask('POST', `/v1/companies/${company.id}/targets/qbo/connection/refresh`);
    expect([card.status, await card.json()]).toMatchObject([200, { state: 'connected', company: company.name }]);
  }, 300_000);
});

/** The demo with its output. */
async function demo(which: { seed: number; target: string; jobs?: number }) {
  const order = { ...which, run: `test-${which.target}`, folder: join(folder, 'demo', which.target) };
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
  try {
    const asExpected = await runDemo(stack, order);
    return { asExpected, lines: printed.mock.calls.map(([line]) => String(line)), order };
  } finally {
    printed.mockRestore();
  }
}

async function modeOf(path: string): Promise<string> {
  return ((await stat(join(folder, 'data', path))).mode & 0o777).toString(8);
}

function ask(method: string, path: string): Promise<Response> {
  const headers = { authorization: `Bearer ${stack.adminKey}` };
  return fetch(`${stack.apiUrl}${path}`, { method, headers, signal: AbortSignal.timeout(120_000) });
}
