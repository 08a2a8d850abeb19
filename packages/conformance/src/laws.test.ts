import type { AnyTarget, Document, ExportedItem, FileSink } from '@ledgerpost/core';
import { amountOf, CONTRACT_VERSION, formatMoney, numberOf, problem } from '@ledgerpost/core';
import { booksSettings } from '@ledgerpost/core/schemas';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { waivers } from './conform.ts';
import type { Conformance } from './law.ts';
import { LAWS, lawsFor } from './laws.ts';
import { memoryBooks, memoryTarget } from './memory-target.ts';
import { subjectOf } from './subject.ts';

type Change = (sound: AnyTarget) => AnyTarget;
const text = new TextEncoder();
const refusedNumber = { number: '666', refNo: '666' };

/** A sound file target, as small as can be: one file, a line per document. */
const files: AnyTarget = {
  ...memoryTarget(memoryBooks()),
  id: 'lines',
  stages: [...memoryTarget(memoryBooks()).stages, { id: 'warnings', name: 'Warnings', operations: ['warning.list'] }],
  delivery: { by: 'files', instructions: 'Read the lines one after the other.', render: renderLines },
  undo: {
    by: 'hand',
    instructions: 'Take out what is listed, one after the other.',
    instruction: (document: Document) => `Delete ${numberOf(document)} (${formatMoney(amountOf(document), document.currency)}).`,
  },
};

async function renderLines(items: AsyncIterable<ExportedItem>, out: FileSink): Promise<void> {
  const file = out.open({ name: 'lines.txt', mediaType: 'text/plain', download: true });
  await file.write(text.encode('lines\n'));
  let documents = 0;
  for await (const item of items) {
    await file.write(text.encode(`${JSON.stringify(item.payload)}\n`));
    documents += 1;
  }
  await file.close({ rows: documents, documents });
}

/** A sound push target over its own books, and what its author tells. */
function pushTarget() {
  const books = memoryBooks();
  books.refused.add('666');
  const told = {
    settings: {},
    amountOf: (payload: { total?: number; amount?: number }) => (payload.total ?? payload.amount) as never,
    refused: (document: Document) => ({ ...document, ...refusedNumber }) as Document,
    look: async (externalId: string) => books.held.get(externalId),
  } satisfies Conformance;
  return { books, told, target: memoryTarget(books) as AnyTarget };
}

const delivery =
  (change: object): Change =>
  (sound) =>
    ({ ...sound, delivery: { ...sound.delivery, ...change } }) as AnyTarget;
const undo =
  (change: object): Change =>
  (sound) =>
    ({ ...sound, undo: { ...sound.undo, ...change } }) as AnyTarget;
const render = (broken: typeof renderLines): Change => delivery({ render: broken });
const wrapPush =
  (
    wrap: (
      push: (session: unknown, call: never) => Promise<readonly object[]>,
    ) => (session: unknown, call: never) => Promise<readonly object[]>,
  ): Change =>
  (sound) =>
    delivery({ push: wrap((sound.delivery as unknown as { push: never }).push) })(sound);

/** For each law a target that breaks it, and nothing else about it matters. */
const BREAKERS: Readonly<Record<string, readonly { how: string; on: 'files' | 'push'; change: Change }[]>> = {
  'built-for-this-contract': [
    { how: 'an older contract', on: 'push', change: (t) => ({ ...t, contract: (CONTRACT_VERSION - 1) as never }) },
  ],
  'named-for-good': [{ how: 'an id with a capital', on: 'push', change: (t) => ({ ...t, id: 'Xero' }) }],
  'stages-in-order': [
    {
      how: 'an operation in two stages',
      on: 'push',
      change: (t) => ({ ...t, stages: [...t.stages, { id: 'more', name: 'More', operations: ['invoice.insert'] }] }),
    },
    {
      how: 'two stages of one id',
      on: 'push',
      change: (t) => ({ ...t, stages: [...t.stages, { ...t.stages[0]!, operations: ['warning.list'] }] }),
    },
  ],
  'settings-need-nothing': [
    { how: 'a required member', on: 'push', change: (t) => ({ ...t, settings: booksSettings.extend({ realm: z.string() }) }) },
  ],
  'settings-are-a-form': [
    {
      how: 'a secret that is not marked',
      on: 'push',
      change: (t) => ({ ...t, settings: booksSettings.extend({ apiKey: z.string().optional() }) }),
    },
    { how: 'no object', on: 'push', change: (t) => ({ ...t, settings: z.any() }) },
  ],
  'limits-are-characters': [
    {
      how: 'a limit of zero',
      on: 'push',
      change: (t) => ({ ...t, limits: () => ({ number: 0, refNo: 21, customerName: 100 }) }),
    },
  ],
  'validate-is-pure': [
    { how: 'a verdict that changes', on: 'push', change: (t) => ({ ...t, validate: alternating() }) },
    {
      how: 'a document that is mended on the way',
      on: 'push',
      change: (t) => ({
        ...t,
        validate: (document) => {
          (document as { marker: string }).marker = '';
          return [];
        },
      }),
    },
  ],
  'validate-bears-anything': [
    {
      how: 'a throw on a document without lines',
      on: 'push',
      change: (t) => ({ ...t, validate: (d) => ('lines' in d && d.lines[0]!.amount < 0 ? [] : []) }),
    },
    {
      how: 'a problem with a code of its own',
      on: 'push',
      change: (t) => ({
        ...t,
        validate: (d) => [
          { ...problem('no-lines', d.record, 'It is simply wrong.'), code: 'wrong' as never, severity: 'notice' },
        ],
      }),
    },
  ],
  'sound-documents-pass': [
    {
      how: 'everything refused',
      on: 'push',
      change: (t) => ({ ...t, validate: (d) => [problem('no-lines', d.record, 'I take nothing at all.')] }),
    },
  ],
  'export-is-pure': [{ how: 'a clock in the payload', on: 'push', change: (t) => ({ ...t, export: counting() }) }],
  'payloads-are-json': [
    { how: 'a date in the payload', on: 'push', change: (t) => ({ ...t, export: () => ({ at: new Date(0) }) }) },
  ],
  'export-conserves-money': [
    {
      how: 'a cent lost',
      on: 'push',
      change: (t) => ({ ...t, export: (d) => ({ ...d, total: 'total' in d ? Math.max(0, d.total - 1) : 0, amount: 0 }) }),
    },
  ],
  'files-are-byte-stable': [
    {
      how: 'a clock in the file',
      on: 'files',
      change: render(async (items, out) => {
        await renderLines(items, { open: (file) => out.open({ ...file, name: `${process.hrtime.bigint()}.txt` }) });
      }),
    },
  ],
  'files-hold-every-document': [
    {
      how: 'the last document left out',
      on: 'files',
      change: render(async (items, out) => renderLines(withoutLast(items), out)),
    },
    {
      how: 'a file left open',
      on: 'files',
      change: render(async (items, out) => {
        out.open({ name: 'b', mediaType: 'b', download: false });
        await renderLines(items, out);
      }),
    },
    {
      how: 'nothing to hand out',
      on: 'files',
      change: render(async (items, out) => renderLines(items, { open: (file) => out.open({ ...file, download: false }) })),
    },
  ],
  'empty-batch-has-files': [
    {
      how: 'no file for an empty batch',
      on: 'files',
      change: render(async (items, out) => {
        const all = await collected(items);
        if (all.length > 0) await renderLines(again(all), out);
      }),
    },
  ],
  'files-wait-for-the-sink': [
    {
      how: 'the whole batch in memory',
      on: 'files',
      change: render(async (items, out) => renderLines(again(await collected(items)), out)),
    },
    { how: 'writes that are not awaited', on: 'files', change: render(async (items, out) => renderLines(items, hastily(out))) },
  ],
  'failing-sink-fails-the-rendering': [
    { how: 'failures swallowed', on: 'files', change: render(async (items, out) => renderLines(items, out).catch(() => {})) },
  ],
  'files-come-with-instructions': [{ how: 'no instructions', on: 'files', change: delivery({ instructions: ' ' }) }],
  'one-outcome-per-item': [
    { how: 'an item without outcome', on: 'push', change: wrapPush((push) => async (s, call) => (await push(s, call)).slice(1)) },
    { how: 'another order', on: 'push', change: wrapPush((push) => async (s, call) => [...(await push(s, call))].reverse()) },
  ],
  'same-call-posts-once': [
    {
      how: 'keys that are not looked at',
      on: 'push',
      change: wrapPush(
        (push) => async (s, call: { attempt: number; items: ExportedItem[] }) =>
          push(s, { ...call, items: call.items.map((item) => ({ ...item, key: `${item.key}/${call.attempt}` })) } as never),
      ),
    },
  ],
  'keys-decide': [
    {
      how: 'one key for all',
      on: 'push',
      change: wrapPush(
        (push) => async (s, call: { items: ExportedItem[] }) =>
          push(s, { ...call, items: call.items.map((item) => ({ ...item, key: 'k' })) } as never),
      ),
    },
  ],
  'bad-item-sinks-nobody': [
    {
      how: 'all refused with one',
      on: 'push',
      change: wrapPush((push) => async (s, call: { items: ExportedItem[] }) => {
        const outcomes = (await push(s, call as never)) as { status: string; seq: number; problem?: unknown }[];
        const bad = outcomes.find((outcome) => outcome.status === 'refused');
        return bad ? outcomes.map(({ seq }) => ({ ...bad, seq })) : outcomes;
      }),
    },
  ],
  'created-names-are-found': [
    { how: 'a create that creates nothing', on: 'push', change: delivery({ create: async () => [] }) },
    {
      how: 'a find that creates',
      on: 'push',
      change: (t) => (t.delivery.by === 'push' ? delivery({ find: t.delivery.create })(t) : t),
    },
  ],
  'instructions-name-the-document': [
    { how: 'no amount', on: 'files', change: undo({ instruction: (document: Document) => `Delete ${numberOf(document)}.` }) },
  ],
  'inserts-are-taken-back': [
    {
      how: 'an undo that only says so',
      on: 'push',
      change: undo({
        takeBack: async (_: unknown, items: { seq: number }[]) => items.map(({ seq }) => ({ status: 'undone', seq })),
      }),
    },
  ],
  'taking-back-twice-is-harmless': [
    {
      how: 'a second undo that complains',
      on: 'push',
      change: (t) =>
        undo({
          takeBack: async (session: unknown, items: never[]) => {
            const outcomes = t.undo.by === 'target' ? await t.undo.takeBack(session, items) : [];
            return outcomes.map((outcome) => (outcome.status === 'gone' ? { ...outcome, status: 'left' } : outcome));
          },
        })(t),
    },
  ],
  'updates-are-restored': [
    {
      how: 'an update that is deleted instead of restored',
      on: 'push',
      change: (t) =>
        undo({
          takeBack: async (session: unknown, items: { former?: unknown }[]) =>
            t.undo.by === 'target' ? t.undo.takeBack(session, items.map(({ former: _, ...item }) => item) as never) : [],
        })(t),
    },
  ],
};

describe.each(LAWS.map((law) => [law.id, law] as const))('the law %s', (id, law) => {
  it('holds for a sound target', async () => {
    const { target, told } = pushTarget();
    const sound = law.applies(target) ? target : files;
    await law.check(subjectOf(sound, told));
  }, 20_000);

  it('is tried with a broken target', () => expect(BREAKERS[id]?.length).toBeGreaterThan(0));

  it.each(BREAKERS[id] ?? [])(
    'catches $how',
    async ({ on, change }) => {
      const { target, told } = pushTarget();
      const broken = change(on === 'files' ? files : target);
      expect(law.applies(broken)).toBe(true);
      // Settings that the broken target itself refuses are not what is tried here.
      const subject = { ...subjectOf(on === 'files' ? files : target, told), target: broken };
      const complaint = await (async () => law.check(subject))().catch((error: unknown) => error);
      // A law complains in its own words; a TypeError would be the law's own fault.
      expect(complaint).toBeInstanceOf(Error);
      expect((complaint as Error).name).toBe('Error');
    },
    20_000,
  );
});

describe('the laws that apply', () => {
  it('are read from what the target says it can do', () => {
    const ofFiles = lawsFor(files).map((law) => law.id);
    const ofPush = lawsFor(pushTarget().target).map((law) => law.id);
    expect(ofFiles).toContain('files-are-byte-stable');
    expect(ofFiles).not.toContain('same-call-posts-once');
    expect(ofPush).toContain('same-call-posts-once');
    expect(ofPush).not.toContain('instructions-name-the-document');
    expect(new Set([...ofFiles, ...ofPush]).size).toBe(LAWS.length);
  });

  it('have ids and sentences of their own', () => {
    expect(new Set(LAWS.map((law) => law.id)).size).toBe(LAWS.length);
    expect(new Set(LAWS.map((law) => law.sentence)).size).toBe(LAWS.length);
  });
});

describe('a waiver', () => {
  const told = pushTarget().told;
  const waive = (law: string, reason: string) => () => waivers(files, { ...told, waive: [{ law, reason }] });

  it('needs a reason', () => expect(waive('files-are-byte-stable', ' ')).toThrow('without a reason'));
  it('needs a law that applies', () =>
    expect(waive('same-call-posts-once', 'It has no calls at all.')).toThrow('no law of lines'));
  it('counts with both', () =>
    expect([...waive('files-are-byte-stable', 'The format holds a clock.')().keys()]).toEqual(['files-are-byte-stable']));
});

function alternating() {
  let odd = false;
  return (document: Document) => {
    odd = !odd;
    return odd ? [problem('text-too-long', document.record, 'It is too long, every other time.')] : [];
  };
}

function counting() {
  let n = 0;
  return (document: Document) => ({ ...document, n: n++ });
}

async function* again<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function* withoutLast<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  const all = await collected(items);
  yield* all.slice(0, -1);
}

async function collected<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function hastily(out: FileSink): FileSink {
  return {
    open(file) {
      const writer = out.open(file);
      const pending: Promise<void>[] = [];
      return {
        write: async (bytes) => {
          pending.push(writer.write(bytes));
        },
        close: async (facts) => {
          await Promise.all(pending);
          await writer.close(facts);
        },
      };
    },
  };
}
