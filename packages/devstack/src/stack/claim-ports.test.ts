import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../processes/free-port.ts';
import { type ClaimedPorts, claimPorts, type Ports } from './claim-ports.ts';

let folder: string;
let claimsDir: string;
let preferred: Ports;
const claimed: ClaimedPorts[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledgerpost-ports-test-'));
  claimsDir = join(folder, 'claims');
  const [api, workerMetrics, postgres, temporal, temporalUi, qboSimulator] = await Promise.all(
    Array.from({ length: 6 }, () => freePort()),
  );
  preferred = { api, workerMetrics, postgres, temporal, temporalUi, qboSimulator } as Ports;
});
afterAll(async () => {
  for (const one of claimed) await one.release();
  await rm(folder, { recursive: true });
});
const claim = async (stack: string, print?: (line: string) => void) => {
  const one = await claimPorts({ file: join(folder, stack), preferred, print, claimsDir });
  claimed.push(one);
  return one;
};

describe('the ports of a stack', () => {
  it('differ from those of a stack that starts at the same moment, before either listens', async () => {
    const lines: string[] = [];
    const [one, other] = await Promise.all([
      claim('one', (line) => lines.push(line)),
      claim('other', (line) => lines.push(line)),
    ]);
    const ports = [...Object.values(one.ports), ...Object.values(other.ports)];
    expect(new Set(ports).size).toBe(12);
    expect(lines).toHaveLength(6);
    expect(lines.join('\n')).toMatch(/^Port \d+ \(api\) is in use\. Using \d+ instead\.$/m);
    await one.release();
    await other.release();
  });

  it('are those of the last start again, once they were released', async () => {
    const first = await claim('again');
    await first.release();
    expect((await claim('again')).ports).toEqual(first.ports);
  });

  it('are reported as taken when another program listens on one of them', async () => {
    const mine = await claim('taken');
    expect(await mine.anyTaken()).toBe(false);
    const stranger = createServer();
    await new Promise<void>((resolve) => stranger.listen(mine.ports.postgres, '127.0.0.1', resolve));
    expect(await mine.anyTaken()).toBe(true);
    await new Promise((resolve) => stranger.close(resolve));
  });
});
