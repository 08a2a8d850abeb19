import { createDeflateRaw, type DeflateRaw, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SheetEntry } from './sheet-entry.ts';
import { noise } from './testing/noise.ts';

/** A compressor that counts as archiver's does. Nothing reads it until a test does. */
function compressor(): { entry: SheetEntry; deflate: DeflateRaw; chunks: Buffer[]; read(): void } {
  const deflate = createDeflateRaw() as DeflateRaw & { size?: () => number };
  const push = deflate.push.bind(deflate);
  let size = 0;
  deflate.push = (chunk: Buffer | null) => {
    size += chunk?.length ?? 0;
    return push(chunk);
  };
  deflate.size = () => size;
  const chunks: Buffer[] = [];
  const entry = new SheetEntry();
  entry.pipe(deflate);
  return { entry, deflate, chunks, read: () => void deflate.on('data', (chunk: Buffer) => chunks.push(chunk)) };
}

/** Writes text until it has to wait, and returns how much that was. */
async function putUntilItWaits(entry: SheetEntry, atMost: number): Promise<{ taken: number; waiting: Promise<void> }> {
  let taken = 0;
  while (taken < atMost) {
    const text = noise(taken, 8000);
    const put = Promise.resolve(entry.put(text));
    const waited = await Promise.race([put.then(() => 'taken'), new Promise((resolve) => setTimeout(resolve, 300, 'waits'))]);
    if (waited === 'waits') return { taken, waiting: put };
    taken += text.length;
  }
  return { taken, waiting: Promise.resolve() };
}

describe('a sheet on its way into a file', () => {
  it('accepts no more while its output is not read, and goes on when it is', async () => {
    const { entry, read } = compressor();
    const { taken, waiting } = await putUntilItWaits(entry, 5_000_000);
    // What is being compressed, and as much that comes next.
    expect(taken).toBeLessThan(1_500_000);
    read();
    await waiting;
  });

  it('knows the exact compressed size, no matter how the text was written', async () => {
    const text = Array.from({ length: 100_000 }, (_, n) => `row ${n * 7919}\n`).join('');
    const sizes = [];
    for (const step of [1000, 77_777]) {
      const { entry, read } = compressor();
      read();
      for (let at = 0; at < text.length; at += step) await entry.put(text.slice(at, at + step));
      sizes.push(await entry.compressedSize());
    }
    expect(sizes[0]).toBeGreaterThan(10_000);
    // What is handed over at once differs, and with it a byte or two of where blocks end.
    expect(Math.abs(sizes[0]! - sizes[1]!)).toBeLessThan(200);
  });

  it('loses no text', async () => {
    const { entry, deflate, chunks, read } = compressor();
    read();
    entry.write('<head>');
    await entry.put('ü'.repeat(600_000));
    await entry.compressedSize();
    entry.write({ toBuffer: () => Buffer.from('<tail>') });
    entry.end();
    await new Promise((resolve) => deflate.once('end', resolve));
    expect(inflateRawSync(Buffer.concat(chunks)).toString()).toBe(`<head>${'ü'.repeat(600_000)}<tail>`);
  });

  it('ends waiting with an error when the sink fails', async () => {
    const { entry } = compressor();
    const { waiting } = await putUntilItWaits(entry, 5_000_000);
    const failed = expect(waiting).rejects.toThrow('The disk is full.');
    await entry.fail(new Error('The disk is full.'));
    await failed;
    await expect(entry.put('x'.repeat(600_000))).rejects.toThrow('The disk is full.');
  });
});
