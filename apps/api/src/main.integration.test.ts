import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { testDatabase } from '@ledgerpost/devstack/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

vi.setConfig({ testTimeout: 60_000 });

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
let url: string;
const taken = createServer();
beforeAll(async () => {
  url = (await testDatabase()).url;
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
});
afterAll(() => taken.close());

/** Starts the API as a process, and waits for its end. */
async function start(env: Record<string, string>): Promise<{ code: number | null; errors: string }> {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, DATABASE_URL: url, LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (bytes) => {
    errors += String(bytes);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, errors };
}

describe('an API that can’t listen', () => {
  it('ends with a sentence that names the port and what to do, and with no stack', async () => {
    const { port } = taken.address() as { port: number };
    const { code, errors } = await start({ PORT: String(port) });
    expect(errors).toBe(`Port ${port} of 127.0.0.1 is taken by another program. Stop it, or set PORT to a free port.\n`);
    expect(code).toBe(2);
  });

  it('names an address that this machine does not have', async () => {
    const { code, errors } = await start({ PORT: '0', HOST: '203.0.113.7' });
    expect(errors).toBe('This machine has no address 203.0.113.7. Set HOST to one that it has, such as 127.0.0.1 or 0.0.0.0.\n');
    expect(code).toBe(2);
  });
});
