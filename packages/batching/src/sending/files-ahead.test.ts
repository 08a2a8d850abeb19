import type { AnyTarget, Document, ExportedItem } from '@ledgerpost/core';
import type { Store, WorkBatch } from '@ledgerpost/store';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type ChunkAhead, FilesAhead } from './files-ahead.ts';

/** What the target's writer has received, by place. */
let written: number[];
/** Resolves when the writer may go on. */
let mayWrite: Promise<void>;

beforeEach(() => {
  written = [];
  mayWrite = Promise.resolve();
});

/** The files of a batch of six documents, two a chunk. */
function files(items = 6): FilesAhead {
  const render = async (arriving: AsyncIterable<ExportedItem>) => {
    for await (const { seq } of arriving) {
      await mayWrite;
      written.push(seq);
    }
  };
  const target = { id: 'files', delivery: { by: 'files', instructions: '', render } } as unknown as AnyTarget;
  const batch = { id: 'b', name: 'Batch', company: { currency: 'USD' }, settings: {}, plan: { items, stages: [] } };
  return new FilesAhead({} as Store, target, batch as unknown as WorkBatch);
}

const range = (fromSeq: number, toSeq = fromSeq + 1) => ({ batchId: 'b', fromSeq, toSeq });
const document = { record: { type: 'invoice', id: 'i-1' }, operation: 'invoice.insert' } as Document;

async function freeze(chunk: ChunkAhead): Promise<void> {
  await chunk.begins(true);
  await build(chunk);
  await chunk.stored(true);
  chunk.leaves();
}

async function build(chunk: ChunkAhead): Promise<void> {
  for (let { fromSeq: seq } = chunk.range; seq <= chunk.range.toSeq; seq++) {
    chunk.give(seq, document, 0, () => ({ seq }));
    await chunk.room();
  }
  chunk.built();
}

/** Whether it waits for something that has not happened yet: everything here goes on within a few turns of the event loop. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const settled = vi.fn();
  promise.then(settled, settled);
  for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
  return settled.mock.calls.length === 0;
}

describe('files that are written while documents are frozen', () => {
  it('have the documents in the batch’s order, though a later chunk came first', async () => {
    const ahead = files();
    for (const fromSeq of [3, 1, 5]) await freeze(ahead.chunk(range(fromSeq)));
    await vi.waitFor(() => expect(written).toEqual([1, 2, 3, 4, 5, 6]));
    expect(ahead.isOver).toBe(false);
  });

  it('take the documents of a chunk as they are built, so that none of them waits for the others', async () => {
    const ahead = files();
    const chunk = ahead.chunk(range(1));
    await chunk.begins(true);
    chunk.give(1, document, 0, () => ({}));
    await vi.waitFor(() => expect(written).toEqual([1]));
    expect(ahead.isOver).toBe(false);
  });

  it('let a chunk wait until those before it that are frozen here are built', async () => {
    const ahead = files();
    const [first, second] = [ahead.chunk(range(1)), ahead.chunk(range(3))];
    const begins = second.begins(true);
    await first.begins(true);
    expect(await isPending(begins)).toBe(true);
    await build(first);
    await begins;
    await build(second);
    await vi.waitFor(() => expect(written).toEqual([1, 2, 3, 4]));
  });

  it('let a chunk wait for the writer that still has those before it', async () => {
    const goOn = Promise.withResolvers<void>();
    mayWrite = goOn.promise;
    const ahead = files();
    await freeze(ahead.chunk(range(3)));
    await freeze(ahead.chunk(range(1)));
    const begins = ahead.chunk(range(5)).begins(true);
    expect(await isPending(begins)).toBe(true);
    goOn.resolve();
    await begins;
    // The writer has received all documents before it but perhaps the last two.
    expect(written.length).toBeGreaterThanOrEqual(2);
  });

  it('let a chunk go on while one before it that was to come first has failed', async () => {
    const ahead = files();
    const [first, second] = [ahead.chunk(range(1)), ahead.chunk(range(3))];
    const begins = second.begins(true);
    first.leaves();
    await begins;
    await build(second);
    await second.stored(true);
    await freeze(ahead.chunk(range(1)));
    await vi.waitFor(() => expect(written).toEqual([1, 2, 3, 4]));
    expect(ahead.isOver).toBe(false);
  });

  it('let no more than some forty documents of a chunk wait for a slow writer', async () => {
    const goOn = Promise.withResolvers<void>();
    mayWrite = goOn.promise;
    const ahead = files(100);
    const chunk = ahead.chunk(range(1, 100));
    await chunk.begins(true);
    let given = 0;
    const all = (async () => {
      for (let seq = 1; seq <= 100; seq++) {
        chunk.give(seq, document, 0, () => ({}));
        given += 1;
        await chunk.room();
      }
      chunk.built();
    })();
    expect(await isPending(all)).toBe(true);
    expect(given).toBeLessThan(50);
    goOn.resolve();
    await all;
    await vi.waitFor(() => expect(written).toHaveLength(100));
  });

  it('count for nothing once a chunk was built and not stored', async () => {
    const ahead = files();
    const chunk = ahead.chunk(range(1));
    await chunk.begins(true);
    await build(chunk);
    chunk.leaves();
    expect(ahead.isOver).toBe(true);
    expect(await ahead.seal()).toBeUndefined();
  });

  it('count for nothing where another process froze a part of a chunk, or the target can’t say what a document becomes', async () => {
    const shared = files();
    const part = shared.chunk(range(1));
    await part.begins(false);
    expect(shared.isOver).toBe(true);
    const broken = files();
    const chunk = broken.chunk(range(1));
    await chunk.begins(true);
    chunk.give(1, document, 0, () => {
      throw new Error('a fault of the target');
    });
    expect(broken.isOver).toBe(true);
  });

  it('have a chunk once, though a second attempt finds it frozen, and count for nothing if it could be frozen again', async () => {
    const ahead = files();
    await freeze(ahead.chunk(range(1)));
    const again = ahead.chunk(range(1));
    await again.begins(false);
    again.built();
    await again.stored(false);
    again.leaves();
    expect(ahead.isOver).toBe(false);
    // As after a restore of the database.
    await freeze(ahead.chunk(range(1)));
    expect(ahead.isOver).toBe(true);
    expect(written).toEqual([1, 2]);
  });
});
