import {
  type AnyTarget,
  amountOf,
  type Changes,
  type Chart,
  type Document,
  type ExportedItem,
  type FileSink,
  formatMoney,
  numberOf,
  type PushOutcome,
  problem,
  type Receipt,
  type TargetContext,
  type TargetError,
} from '@ledgerpost/core';
import { booksSettings } from '@ledgerpost/core/schemas';
import { z } from 'zod';
import type { Conformance } from '../../law.ts';
import { givenFor } from '../../memory-given.testing.ts';
import { type MemoryBooks, memoryBooks, memoryTarget } from '../../memory-target.ts';

/** Breaks a sound target; its books are those of a push target. */
export type Change = (sound: AnyTarget, books?: MemoryBooks) => AnyTarget;
export const text = new TextEncoder();

/** What its secret is called, and what it is. */
export const KEY = 'kit-key-7d1f';
export const keyed = booksSettings.extend({ apiKey: z.string().optional().meta({ secret: true }) });

/** A sound file target, as small as can be: one file, a line per document. */
export const files: AnyTarget = {
  ...memoryTarget(memoryBooks()),
  id: 'lines',
  settings: keyed,
  stages: [...memoryTarget(memoryBooks()).stages, { id: 'warnings', name: 'Warnings', operations: ['warning.list'] }],
  delivery: { by: 'files', instructions: 'Read the lines one after the other.', render: renderLines },
  readback: { by: 'hand', instructions: 'Compare the lines with what the books hold.' },
  undo: {
    by: 'hand',
    instructions: 'Take out what is listed, one after the other.',
    instruction: (document: Document) => `Delete ${numberOf(document)} (${formatMoney(amountOf(document), document.currency)}).`,
  },
};

export async function renderLines(items: AsyncIterable<ExportedItem>, out: FileSink): Promise<void> {
  const file = out.open({ name: 'lines.txt', mediaType: 'text/plain', download: true });
  await file.write(text.encode('lines\n'));
  let documents = 0;
  for await (const item of items) {
    const payload = item.payload as unknown as Document;
    await file.write(text.encode(`${numberOf(payload)} ${amountOf(payload)}\n`));
    documents += 1;
  }
  await file.close({ rows: documents, documents });
}

/** A sound push target over its own books, with a secret and a chart to ask for, and what its author tells. */
export function pushTarget() {
  const books = memoryBooks({ items: true });
  const made = new Map<string, string>();
  const accounts = [
    { name: 'Services', type: 'Income', active: true },
    { name: 'Old services', type: 'Income', active: false },
  ];
  const memory = memoryTarget(books);
  const target: AnyTarget = {
    ...memory,
    settings: keyed,
    // What is in the session may be where it does not belong.
    open: (settings: { apiKey: string }, context: TargetContext) => ({ ...context, apiKey: settings.apiKey }),
    chart: {
      by: 'discovered',
      discover: async () => ({
        accounts,
        classes: [...made.keys()].map((name) => ({ name, active: true })),
        paymentMethods: [],
        terms: [],
        taxCodes: [],
      }),
      suggest: (chart: Chart) => ({ income: chart.accounts.find(({ active }) => active)?.name }),
      createClasses: async (_: unknown, names: readonly string[]) =>
        names.map((name) => {
          const status = made.has(name) ? ('found' as const) : ('created' as const);
          made.set(name, made.get(name) ?? `class-${made.size + 1}`);
          return { status, name, externalId: made.get(name)! };
        }),
    },
  };
  const given = { ...givenFor(books), settings: { apiKey: KEY } } satisfies Conformance;
  return { books, ...forgetful(books, target, given) };
}

/** A target whose books work on credit memos for a while, and forget keys when they are told to. */
function forgetful(books: MemoryBooks, target: AnyTarget, given: Conformance): { target: AnyTarget; given: Conformance } {
  const { delivery } = target;
  if (delivery.by !== 'push') throw new Error('It pushes.');
  const done = new Map<string, PushOutcome>();
  const forgotten = new Map<string, Receipt>();
  const patient: typeof delivery = {
    ...delivery,
    keyLifetimeMs: 60_000,
    async push(session, call) {
      if (call.keysExpired === true) {
        // It looks: what is there was posted with the key that the books have forgotten.
        for (const { key } of call.items) if (forgotten.has(key)) books.answers.set(key, forgotten.get(key)!);
      }
      const outcomes = await delivery.push(session, call);
      return outcomes.map((outcome): PushOutcome => {
        const { operation, key } = call.items.find(({ seq }) => seq === outcome.seq)!;
        if (operation !== 'creditMemo.insert' || outcome.status === 'refused') return outcome;
        done.set(key, outcome);
        return { status: 'pending', seq: outcome.seq, ticket: key };
      });
    },
    poll: async (_, tickets) => tickets.map(({ ticket, item: { seq } }) => ({ ...done.get(ticket)!, seq })),
  };
  const expireKeys = () => {
    for (const [key, receipt] of books.answers) forgotten.set(key, receipt);
    books.answers.clear();
  };
  return { target: { ...target, delivery: patient }, given: { ...given, expireKeys } };
}

export const delivery =
  (change: object): Change =>
  (sound) =>
    ({ ...sound, delivery: { ...sound.delivery, ...change } }) as AnyTarget;
export const undo =
  (change: object): Change =>
  (sound) =>
    ({ ...sound, undo: { ...sound.undo, ...change } }) as AnyTarget;
export const readback =
  (wrap: (outcome: { status: string; seq: number; receipt?: object }) => object): Change =>
  (sound) => {
    const sane = sound.readback;
    if (sane.by !== 'target') return sound;
    return { ...sound, readback: { ...sane, read: async (s, items) => (await sane.read(s, items)).map(wrap) as never } };
  };
export const changes =
  (wrap: (given: Changes, since: number) => Changes): Change =>
  (sound) => {
    const sane = sound.readback;
    if (sane.by !== 'target') return sound;
    return { ...sound, readback: { ...sane, changes: async (s, since) => wrap(await sane.changes!(s, since), since) } };
  };
export const chart =
  (change: object): Change =>
  (sound) =>
    ({ ...sound, chart: { ...sound.chart, ...change } }) as AnyTarget;
export const takeBack =
  (wrap: (outcomes: readonly { status: string; seq: number }[]) => readonly object[]): Change =>
  (sound) =>
    undo({
      takeBack: async (session: unknown, items: never[]) =>
        sound.undo.by === 'target' ? wrap(await sound.undo.takeBack(session, items)) : [],
    })(sound);
/** Takes what was deleted for a person’s work. */
export const leavesWhatIsGone: Change = takeBack((outcomes) =>
  outcomes.map((outcome) => (outcome.status === 'gone' ? { ...outcome, status: 'left' } : outcome)),
);
/** Pushes, and throws something else where the push fails. */
export const failingAs = (make: (failure: TargetError) => unknown): Change =>
  wrapPush((push) => async (session, call) => {
    try {
      return await push(session, call);
    } catch (error) {
      throw make(error as TargetError);
    }
  });
/** A target that changes its context before it uses it. */
export const inContext =
  (change: (context: TargetContext) => Partial<TargetContext> & { told?: (id: string) => void }): Change =>
  (sound) => ({ ...sound, open: (settings, context) => sound.open(settings, { ...context, ...change(context) }) });
/** A target with another payload. */
export const exporting =
  (change: (document: Document) => Document): Change =>
  (sound) => ({ ...sound, export: (document) => structuredClone(change(document)) as never });
export const render = (broken: typeof renderLines): Change => delivery({ render: broken });
export const wrapPush =
  (
    wrap: (
      push: (session: unknown, call: never) => Promise<readonly object[]>,
    ) => (session: unknown, call: never) => Promise<readonly object[]>,
  ): Change =>
  (sound) =>
    delivery({ push: wrap((sound.delivery as unknown as { push: never }).push) })(sound);

/** Ways to break one law each. Nothing else about these targets matters. */
export type Breakers = Readonly<Record<string, readonly { how: string; on: 'files' | 'push'; change: Change }[]>>;

export function alternating() {
  let odd = false;
  return (document: Document) => {
    odd = !odd;
    return odd ? [problem('text-too-long', document.record, 'It is too long, every other time.')] : [];
  };
}

export function counting() {
  let n = 0;
  return (document: Document) => ({ ...document, n: n++ });
}

export async function* again<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

export async function* withoutLast<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  const all = await collected(items);
  yield* all.slice(0, -1);
}

export async function collected<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export function hastily(out: FileSink): FileSink {
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

export async function discovered({ chart }: AnyTarget): Promise<Chart> {
  if (chart.by !== 'discovered') throw new Error('It has no chart to ask for.');
  return chart.discover({});
}
