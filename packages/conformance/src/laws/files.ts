import type { AnyTarget, ExportedItem, FileSink, Json } from '@ledgerpost/core';
import { demand, expect, type Law, type Subject } from '../law.ts';
import { byStage, exportable } from './documents.ts';

const byFiles = (target: AnyTarget) => target.delivery.by === 'files';
/** Enough to distinguish a target that holds a whole batch in memory from one that streams. */
const MANY = 20_000;
const FULL = 'The disk is full.';

export const filesAreByteStable: Law = {
  id: 'files-are-byte-stable',
  sentence: 'the same batch gives the same bytes, however slow the sink',
  applies: byFiles,
  async check(subject) {
    const items = itemsOf(subject);
    if (items.length === 0) return;
    const quick = await rendered(subject, items, async () => {});
    const stored = items.map((item) => ({ ...item, payload: reordered(item.payload) }));
    const slow = await rendered(subject, stored, () => new Promise((resolve) => setTimeout(resolve, 3)));
    expect(
      quick.length === slow.length &&
        quick.every((file, index) => file.name === slow[index]!.name && file.bytes.equals(slow[index]!.bytes)),
      'Two renderings of one batch differ, so a second download or a repeated step would give another file. Check for a clock, for random values, and for the order of a payload’s members, which storage does not keep.',
    );
  },
};

export const filesHoldEveryDocument: Law = {
  id: 'files-hold-every-document',
  sentence: 'one file is the download, and it counts every document of the batch',
  applies: byFiles,
  async check(subject) {
    const items = itemsOf(subject);
    if (items.length === 0) return;
    const files = await rendered(subject, items, async () => {});
    const handedOut = files.filter((file) => file.download);
    expect(handedOut.length === 1, `${handedOut.length} files are marked as the download. Mark exactly one.`);
    expect(
      files.every((file) => file.closed),
      `Left open: ${files
        .filter((file) => !file.closed)
        .map((file) => file.name)
        .join(', ')}.`,
    );
    const { documents, bytes } = handedOut[0]!;
    expect(documents === items.length, `The download counts ${documents} documents of ${items.length}.`);
    expect(bytes.length > 0, 'The download is empty.');
  },
};

export const emptyBatchHasFiles: Law = {
  id: 'empty-batch-has-files',
  sentence: 'a batch without documents still has its files',
  applies: byFiles,
  async check(subject) {
    const files = await rendered(subject, [], async () => {});
    expect(
      files.some((file) => file.download && file.bytes.length > 0),
      'There is no file to download.',
    );
    expect(
      files.every((file) => file.rows === 0 && file.documents === 0),
      'A file counts rows or documents that it does not have.',
    );
  },
};

export const filesWaitForTheSink: Law = {
  id: 'files-wait-for-the-sink',
  sentence: 'it writes no faster than the sink stores, and reads no further than it writes',
  applies: byFiles,
  async check(subject) {
    let read = 0;
    const many = manyOf(itemsOf(subject), () => {
      read += 1;
    });
    const gate = Promise.withResolvers<void>();
    let readWhileStuck = 0;
    setTimeout(() => {
      readWhileStuck = read;
      gate.resolve();
    }, 1500);
    const writing = new Set<string>();
    let crowded = false;
    await rendered(subject, many, async (name) => {
      crowded ||= writing.has(name);
      writing.add(name);
      await gate.promise;
      writing.delete(name);
    });
    expect(!crowded, 'A second write began before the sink had stored the first. Await each write before the next.');
    expect(
      readWhileStuck < MANY / 2,
      `It read ${readWhileStuck} of ${MANY} documents while the sink stored nothing, so memory would grow with the batch.`,
    );
  },
};

export const failingSinkFailsTheRendering: Law = {
  id: 'failing-sink-fails-the-rendering',
  sentence: 'a sink that fails ends the rendering with that failure',
  applies: byFiles,
  async check(subject) {
    const few = itemsOf(subject);
    demand(few.length > 0, 'There is no document to test with.');
    let whole = 0;
    await rendered(subject, few, async () => {
      whole += 1;
    });
    // With many documents the sink fails while the target is waiting for it.
    for (const [items, failingWrite] of [
      [few, 1],
      // How often a file is written to may depend on how fast the sink is.
      [few, Math.min(whole, 3)],
      [manyOf(few), 5],
    ] as const) {
      let writes = 0;
      const rendering = rendered(subject, items, async () => {
        writes += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
        if (writes >= failingWrite) throw new Error(FULL);
      });
      const outcome = await Promise.race([
        rendering.then(
          () => 'resolved',
          (error: unknown) => (String(error).endsWith(FULL) ? 'failed with it' : `failed with “${String(error)}”`),
        ),
        new Promise<string>((resolve) => setTimeout(resolve, 4000, 'hung')),
      ]);
      expect(
        outcome === 'failed with it',
        `With a sink that fails at write ${failingWrite}, rendering ${outcome}. A batch would count as delivered, never end, or hide the reason.`,
      );
    }
  },
};

export const filesComeWithInstructions: Law = {
  id: 'files-come-with-instructions',
  sentence: 'its files have instructions for a person',
  applies: byFiles,
  check({ target }) {
    expect(
      filesOf(target).instructions.trim().length > 20,
      'The text of `delivery.instructions` is not written yet. Read docs/guides/add-a-target.md#instructions.',
    );
  },
};

/** The first document over and over, then one of each later operation. */
async function* manyOf(items: readonly ExportedItem[], onRead = () => {}): AsyncGenerator<ExportedItem> {
  const [first, ...others] = items;
  demand(first !== undefined, 'There is no document to test with.');
  for (let n = 1; n <= MANY; n++) {
    onRead();
    yield { ...first, seq: n, key: `k-${n}` };
  }
  yield* others.filter((item) => item.operation !== first.operation);
}

/** A payload as storage may return it: storage keeps the order of lists, and not that of members. */
function reordered(value: Json): Json {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reordered(member as Json)]),
  );
}

interface Rendered {
  readonly name: string;
  readonly download: boolean;
  bytes: Buffer;
  closed: boolean;
  rows: number;
  documents: number;
}

async function rendered(
  subject: Subject,
  items: Iterable<ExportedItem> | AsyncIterable<ExportedItem>,
  beforeTaken: (name: string) => Promise<void>,
): Promise<readonly Rendered[]> {
  const files: Rendered[] = [];
  const sink: FileSink = {
    open({ name, download }) {
      const file: Rendered = { name, download, bytes: Buffer.alloc(0), closed: false, rows: -1, documents: -1 };
      const chunks: Uint8Array[] = [];
      files.push(file);
      return {
        async write(bytes) {
          expect(!file.closed, `${name} was written to after it was closed.`);
          await beforeTaken(name);
          chunks.push(Uint8Array.from(bytes));
        },
        async close(facts) {
          Object.assign(file, facts, { closed: true, bytes: Buffer.concat(chunks) });
        },
      };
    },
  };
  const order = {
    batch: { id: '0190a000-0000-7000-8000-000000000000', name: 'kit-2026-10-03-1' },
    currency: 'USD',
    settings: subject.settings,
  };
  await filesOf(subject.target).render(asAsync(items), sink, order);
  return files;
}

function filesOf(target: AnyTarget): Extract<AnyTarget['delivery'], { by: 'files' }> {
  demand(target.delivery.by === 'files', 'Only for file targets.');
  return target.delivery;
}

async function* asAsync(items: Iterable<ExportedItem> | AsyncIterable<ExportedItem>): AsyncGenerator<ExportedItem> {
  for await (const item of items) yield item;
}

/** Documents as a batch has them at export: by stage. */
function itemsOf(subject: Subject): readonly ExportedItem[] {
  const { target, settings, chart } = subject;
  return byStage(target, exportable(subject)).map((document, index) => ({
    seq: index + 1,
    record: document.record,
    operation: document.operation,
    key: `k-${index}`,
    payload: JSON.parse(JSON.stringify(target.export(document, chart, settings))),
  }));
}
