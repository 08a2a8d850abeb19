import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { atPace } from './at-pace.ts';

const PACE = { bytes: 100, everyMs: 60 };

async function* drops(size: number, everyMs: number, count: number) {
  for (let sent = 0; sent < count; sent++) {
    await sleep(everyMs);
    yield new Uint8Array(size);
  }
}

async function all(stream: AsyncIterable<Uint8Array>): Promise<number> {
  let received = 0;
  for await (const chunk of stream) received += chunk.length;
  return received;
}

it('lets a stream through that keeps the pace, to its last byte', async () => {
  expect(await all(atPace(drops(100_000, 5, 40), PACE))).toBe(4_000_000);
});

it('refuses a stream that drips', async () => {
  await expect(all(atPace(drops(1, 5, 1_000), PACE))).rejects.toMatchObject({ code: 'too-slow' });
});

it('refuses a stream that stops without an end', async () => {
  async function* stuck() {
    yield new Uint8Array(1_000);
    await new Promise(() => {});
  }
  await expect(all(atPace(stuck(), PACE))).rejects.toMatchObject({ code: 'too-slow' });
});

it('does not count the time that the reader takes', async () => {
  let received = 0;
  for await (const chunk of atPace(drops(1, 0, 5), PACE)) {
    received += chunk.length;
    await sleep(40);
  }
  expect(received).toBe(5);
});

it('passes on the error of a stream that breaks', async () => {
  async function* broken() {
    yield new Uint8Array(1);
    throw new Error('reset');
  }
  await expect(all(atPace(broken(), PACE))).rejects.toThrow('reset');
});
