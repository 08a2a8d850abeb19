import { describe, expect, it } from 'vitest';
import { type Line, ndjsonLines } from './ndjson-lines.ts';

async function all(lines: AsyncIterable<Line>): Promise<Line[]> {
  const found: Line[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

async function linesOf(chunks: readonly (string | Uint8Array)[], longest?: number): Promise<Line[]> {
  async function* bytes() {
    for (const chunk of chunks) yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
  }
  return await all(ndjsonLines(bytes(), longest));
}

describe('ndjsonLines', () => {
  it('cuts the same lines wherever the chunks end', async () => {
    const text = '{"a":"é"}\r\n\n{"b":2}\n{"c":3}';
    const whole = await linesOf([text]);
    expect(whole.map((line) => line.number)).toEqual([1, 3, 4]);
    const bytes = new TextEncoder().encode(text);
    for (let size = 1; size < 8; size++) {
      const chunks = [];
      for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
      expect(await linesOf(chunks)).toEqual(whole);
    }
  });

  it('refuses a line that is too long by its number, and accepts the next one', async () => {
    const lines = await linesOf(['{"a":1}\n', 'x'.repeat(60), 'x'.repeat(60), '\n{"b":2}\n'], 100);
    expect(lines).toEqual([
      { number: 1, text: '{"a":1}' },
      { number: 2, unreadable: expect.stringContaining('longer than 100 bytes') },
      { number: 3, text: '{"b":2}' },
    ]);
  });

  it('accepts a line of exactly the longest length', async () => {
    expect(await linesOf(['x'.repeat(100), '\n'], 100)).toEqual([{ number: 1, text: 'x'.repeat(100) }]);
  });

  it('does not hold an endless line in memory', async () => {
    const chunk = new Uint8Array(1024 * 1024).fill(0x78);
    async function* endless() {
      for (let i = 0; i < 300; i++) yield chunk;
    }
    globalThis.gc?.();
    const before = process.memoryUsage().arrayBuffers;
    let peak = 0;
    async function* watched() {
      for await (const part of endless()) {
        peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
        yield part;
      }
    }
    const lines = await all(ndjsonLines(watched()));
    expect(lines).toEqual([{ number: 1, unreadable: expect.any(String) }]);
    expect(peak).toBeLessThan(100 * 1024 * 1024);
  });

  it('reports a line that is not UTF-8, and accepts the next one', async () => {
    expect(await linesOf([new Uint8Array([0x7b, 0xff, 0x0a]), '{}\n'])).toEqual([
      { number: 1, unreadable: expect.stringContaining('UTF-8') },
      { number: 2, text: '{}' },
    ]);
  });

  it('passes over a byte order mark at the start', async () => {
    expect(await linesOf(['\ufeff{}\n'])).toEqual([{ number: 1, text: '{}' }]);
  });
});
