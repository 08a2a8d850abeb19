import type { AnyTarget, Changes, Chart, Document, ExportedItem, FileSink, PostedItem, TargetContext } from '@ledgerpost/core';
import { amountOf, CONTRACT_VERSION, formatMoney, numberOf, problem, TargetError } from '@ledgerpost/core';
import { booksSettings } from '@ledgerpost/core/schemas';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { waiverLines, waivers } from './conform.ts';
import { type Conformance, type Law, tryLaw } from './law.ts';
import { LAWS, lawsFor } from './laws.ts';
import { memoryBooks, memoryTarget } from './memory-target.ts';
import { toldOf } from './memory-told.testing.ts';
import { subjectOf } from './subject.ts';

type Change = (sound: AnyTarget) => AnyTarget;
const text = new TextEncoder();

/** What its secret is called, and what it is. */
const KEY = 'kit-key-7d1f';
const keyed = booksSettings.extend({ apiKey: z.string().optional().meta({ secret: true }) });

/** A sound file target, as small as can be: one file, a line per document. */
const files: AnyTarget = {
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

async function renderLines(items: AsyncIterable<ExportedItem>, out: FileSink): Promise<void> {
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
function pushTarget() {
  const books = memoryBooks();
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
  return { books, told: { ...toldOf(books), settings: { apiKey: KEY } } satisfies Conformance, target };
}

const delivery =
  (change: object): Change =>
  (sound) =>
    ({ ...sound, delivery: { ...sound.delivery, ...change } }) as AnyTarget;
const undo =
  (change: object): Change =>
  (sound) =>
    ({ ...sound, undo: { ...sound.undo, ...change } }) as AnyTarget;
const readback =
  (wrap: (outcome: { status: string; seq: number; receipt?: object }) => object): Change =>
  (sound) => {
    const sane = sound.readback;
    if (sane.by !== 'target') return sound;
    return { ...sound, readback: { ...sane, read: async (s, items) => (await sane.read(s, items)).map(wrap) as never } };
  };
const changes =
  (wrap: (told: Changes, since: number) => Changes): Change =>
  (sound) => {
    const sane = sound.readback;
    if (sane.by !== 'target') return sound;
    return { ...sound, readback: { ...sane, changes: async (s, since) => wrap(await sane.changes!(s, since), since) } };
  };
const chart =
  (change: object): Change =>
  (sound) =>
    ({ ...sound, chart: { ...sound.chart, ...change } }) as AnyTarget;
const takeBack =
  (wrap: (outcomes: readonly { status: string; seq: number }[]) => readonly object[]): Change =>
  (sound) =>
    undo({
      takeBack: async (session: unknown, items: never[]) =>
        sound.undo.by === 'target' ? wrap(await sound.undo.takeBack(session, items)) : [],
    })(sound);
/** Pushes, and throws something else where the push fails. */
const failingAs = (make: (failure: TargetError) => unknown): Change =>
  wrapPush((push) => async (session, call) => {
    try {
      return await push(session, call);
    } catch (error) {
      throw make(error as TargetError);
    }
  });
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
  'voids-have-a-stage': [
    {
      how: 'a choice that leads nowhere',
      on: 'push',
      change: (t) => ({
        ...t,
        stages: t.stages.map((stage) => ({ ...stage, operations: stage.operations.filter((one) => one !== 'invoice.void') })),
      }),
    },
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
    {
      how: 'members in whatever order they come',
      on: 'files',
      change: render(async (items, out) => {
        const all = await collected(items);
        await renderLines(again(all), out);
        const file = out.open({ name: 'raw.txt', mediaType: 'text/plain', download: false });
        await file.write(text.encode(JSON.stringify(all.map(({ payload }) => payload))));
        await file.close({ rows: 0, documents: 0 });
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
  'open-touches-no-network': [
    {
      how: 'an access that is asked for at once',
      on: 'push',
      change: (t) => ({
        ...t,
        open: (settings, context) => {
          context.access().catch(() => {});
          return t.open(settings, context);
        },
      }),
    },
  ],
  'check-says-whose-books': [
    { how: 'no name', on: 'push', change: (t) => ({ ...t, check: async () => ({ company: ' ' }) }) },
    {
      how: 'a currency by its sign',
      on: 'push',
      change: (t) => ({ ...t, check: async () => ({ company: 'A', currency: '$' }) }),
    },
    {
      how: 'another company every time',
      on: 'push',
      change: (t) => ({ ...t, check: async () => ({ company: `${process.hrtime.bigint()}` }) }),
    },
  ],
  'discover-reads-only': [
    {
      how: 'a chart without accounts',
      on: 'push',
      change: (t) => chart({ discover: async () => ({ ...(await discovered(t)), accounts: [] }) })(t),
    },
    {
      how: 'a chart that grows',
      on: 'push',
      change: (t) => {
        let n = 0;
        return chart({
          discover: async () => ({ ...(await discovered(t)), terms: [{ name: `Net ${n++}`, active: true }] }),
        })(t);
      },
    },
  ],
  'suggestions-are-accounts': [
    { how: 'an account from nowhere', on: 'push', change: chart({ suggest: () => ({ income: 'Sales' }) }) },
    { how: 'an account that is out of use', on: 'push', change: chart({ suggest: () => ({ income: 'Old services' }) }) },
    {
      how: 'an account whatever there is',
      on: 'push',
      change: chart({ suggest: () => ({ income: 'Services' }) }),
    },
  ],
  'classes-are-made-once': [
    {
      how: 'a class made each time',
      on: 'push',
      change: (t) => {
        let n = 0;
        return chart({
          createClasses: async (_: unknown, names: readonly string[]) =>
            names.map((name) => ({ status: 'created', name, externalId: `class-${n++}` })),
        })(t);
      },
    },
    {
      how: 'a class that is only said to be there',
      on: 'push',
      change: chart({
        createClasses: async (_: unknown, names: readonly string[]) =>
          names.map((name) => ({ status: 'found', name, externalId: name })),
      }),
    },
  ],
  'receipts-say-what-is-held': [
    {
      how: 'our total for the books’ own',
      on: 'push',
      change: wrapPush(
        (push) => async (session, call) =>
          ((await push(session, call)) as { receipt?: { total: number } }[]).map((outcome) =>
            outcome.receipt ? { ...outcome, receipt: { ...outcome.receipt, total: outcome.receipt.total + 1 } } : outcome,
          ),
      ),
    },
    {
      how: 'an id that the books don’t know',
      on: 'push',
      change: wrapPush(
        (push) => async (session, call) =>
          ((await push(session, call)) as { receipt?: object }[]).map((outcome) =>
            outcome.receipt ? { ...outcome, receipt: { ...outcome.receipt, externalId: 'n/a' } } : outcome,
          ),
      ),
    },
  ],
  'a-persons-change-is-a-conflict': [
    {
      how: 'an update that writes over it',
      on: 'push',
      change: wrapPush(
        (push) => async (session, call: { items: ExportedItem[] }) =>
          push(session, { ...call, items: call.items.map(({ former: _, ...item }) => item) } as never),
      ),
    },
  ],
  'a-lost-reply-posts-once': [
    {
      how: 'a new key for the second attempt',
      on: 'push',
      change: wrapPush(
        (push) => async (session, call: { attempt: number; items: ExportedItem[] }) =>
          push(session, { ...call, items: call.items.map((item) => ({ ...item, key: `${item.key}/${call.attempt}` })) } as never),
      ),
    },
    { how: 'a lost reply for a defect', on: 'push', change: failingAs(({ code }) => new TargetError('defect', code, 'Broken.')) },
  ],
  'a-throttle-is-mended-by-time': [
    { how: 'a plain error', on: 'push', change: failingAs(() => new Error('Too many.')) },
    {
      how: 'an admin asked for it',
      on: 'push',
      change: failingAs(({ code, message }) => new TargetError('config', code, message, 1000)),
    },
    {
      how: 'nobody told how long to wait',
      on: 'push',
      change: (t) =>
        failingAs(({ kind, code, message }) => new TargetError(kind, code, message))(
          wrapPush((push) => async (session, call) => push({ ...(session as object), pause: async () => {} }, call))(t),
        ),
    },
    { how: 'a code of its own', on: 'push', change: failingAs(({ kind }) => new TargetError(kind, '429', 'Too many.', 1000)) },
    {
      how: 'refused items instead of a failure',
      on: 'push',
      change: wrapPush((push) => async (session, call: { items: ExportedItem[] }) => {
        try {
          return await push(session, call as never);
        } catch {
          return call.items.map(({ seq, record }) => ({
            status: 'refused',
            seq,
            problem: problem('refused-by-target', record, 'It was refused.'),
          }));
        }
      }),
    },
  ],
  'lost-access-is-for-an-admin': [
    {
      how: 'an access that is tried for ever',
      on: 'push',
      change: failingAs(({ code, message }) => new TargetError('transient', code, message)),
    },
  ],
  'readback-finds-the-same': [
    { how: 'a change where there is none', on: 'push', change: readback((outcome) => ({ ...outcome, status: 'changed' })) },
    { how: 'items under other numbers', on: 'push', change: readback((outcome) => ({ ...outcome, seq: outcome.seq + 1 })) },
    {
      how: 'one side of an entry alone',
      on: 'push',
      change: readback((outcome) => ({
        ...outcome,
        holds: { entries: [{ role: 'income', account: 'A', class: null, amount: 1 }] },
      })),
    },
  ],
  'readback-sees-a-persons-change': [
    { how: 'no change seen', on: 'push', change: readback(({ seq }) => ({ status: 'same', seq })) },
    {
      how: 'a change without a sentence',
      on: 'push',
      change: readback((outcome) => ({ ...outcome, problem: { message: 'changed' } })),
    },
  ],
  'readback-misses-what-is-gone': [
    { how: 'nothing missed', on: 'push', change: readback((outcome) => ({ ...outcome, status: 'changed' })) },
  ],
  'a-kept-change-reads-the-same': [
    {
      how: 'the receipt of what was posted',
      on: 'push',
      change: readback((outcome) =>
        outcome.receipt ? { ...outcome, receipt: { ...outcome.receipt, externalVersion: '1' } } : outcome,
      ),
    },
  ],
  'changes-name-what-changed': [
    { how: 'a change left out', on: 'push', change: changes((told) => ({ ...told, documents: told.documents.slice(1) })) },
    {
      how: 'changes told once',
      on: 'push',
      change: (t) => {
        const asked = new Set<number>();
        return changes((told, since) => {
          if (!asked.has(since)) asked.add(since);
          else return { ...told, documents: [] };
          return told;
        })(t);
      },
    },
    { how: 'an instant that runs backwards', on: 'push', change: changes((told) => ({ ...told, through: -told.through - 1 })) },
  ],
  'changes-name-what-is-gone': [
    { how: 'nothing that is gone', on: 'push', change: changes((told) => ({ ...told, documents: [] })) },
  ],
  'changes-of-long-ago-are-not-left-out': [
    { how: 'nothing of long ago', on: 'push', change: changes((told, since) => (since === 0 ? { ...told, untold: [] } : told)) },
  ],
  'readback-by-hand-is-explained': [
    { how: 'no instructions', on: 'files', change: (t) => ({ ...t, readback: { by: 'hand', instructions: '' } }) },
  ],
  'one-undo-outcome-per-item': [
    { how: 'another order', on: 'push', change: takeBack((outcomes) => [...outcomes].reverse()) },
    { how: 'an item without outcome', on: 'push', change: takeBack((outcomes) => outcomes.slice(1)) },
  ],
  'a-persons-change-stops-the-undo': [
    {
      how: 'an undo that looks at nothing',
      on: 'push',
      change: (t) =>
        undo({
          takeBack: async (session: unknown, items: readonly PostedItem[]) => {
            if (t.undo.by !== 'target' || t.readback.by !== 'target') return [];
            // Whatever version is there counts as ours.
            const known = await t.undo.takeBack(session, items);
            return known.map(({ seq }) => ({ status: 'undone', seq }));
          },
        })(t),
    },
    {
      how: 'no word about it',
      on: 'push',
      change: takeBack((outcomes) => outcomes.map((outcome) => ({ ...outcome, problem: { message: 'no' } }))),
    },
  ],
  'what-was-taken-back-posts-anew': [
    {
      how: 'an old answer for a new key',
      on: 'push',
      change: wrapPush(
        (push) => async (session, call: { items: ExportedItem[] }) =>
          push(session, { ...call, items: call.items.map((item) => ({ ...item, key: item.record.id })) } as never),
      ),
    },
  ],
  'secrets-stay-inside': [
    { how: 'a key in the payload', on: 'push', change: (t) => ({ ...t, export: (d, _, { apiKey }) => ({ ...d, apiKey }) }) },
    {
      how: 'a key in a problem',
      on: 'push',
      change: (t) => ({
        ...t,
        validate: (d, _, { apiKey }) => [problem('text-too-long', d.record, `Sent with ${apiKey}.`)].slice(d.marker ? 1 : 0),
      }),
    },
    {
      how: 'a key in a receipt',
      on: 'push',
      change: wrapPush(
        (push) => async (session, call) =>
          ((await push(session, call)) as { receipt?: object }[]).map((outcome) =>
            outcome.receipt
              ? { ...outcome, receipt: { ...outcome.receipt, details: { with: (session as { apiKey: string }).apiKey } } }
              : outcome,
          ),
      ),
    },
    {
      how: 'a key in the log',
      on: 'push',
      change: wrapPush((push) => async (session, call) => {
        const { log, apiKey } = session as TargetContext & { apiKey: string };
        log('debug', 'Sending', { headers: { authorization: apiKey } });
        return push(session, call);
      }),
    },
    {
      how: 'a key in an error’s cause',
      on: 'push',
      change: wrapPush((push) => async (session, call) => {
        try {
          return await push(session, call);
        } catch (error) {
          throw Object.assign(error as Error, { cause: new Error(`with ${(session as { apiKey: string }).apiKey}`) });
        }
      }),
    },
    {
      how: 'a key in whose books these are',
      on: 'push',
      change: (t) => ({ ...t, check: async ({ apiKey }: { apiKey: string }) => ({ company: apiKey }) }),
    },
  ],
  'creating-twice-creates-once': [
    {
      how: 'a name created each time',
      on: 'push',
      change: (t) => {
        let n = 0;
        return delivery({
          create: async (_: unknown, needs: readonly object[]) =>
            needs.map((need) => ({ status: 'created', need, externalId: `name-${n++}` })),
        })(t);
      },
    },
  ],
  'created-names-are-found': [
    {
      how: 'names in another order',
      on: 'push',
      change: (t) =>
        t.delivery.by === 'push'
          ? delivery({
              find: async (s: unknown, needs: never[]) =>
                t.delivery.by === 'push' ? [...(await t.delivery.find(s, needs))].reverse() : [],
            })(t)
          : t,
    },
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
  'what-an-undo-restored-reads-the-same': [
    {
      how: 'an old version for the restored content',
      on: 'push',
      change: takeBack((outcomes) => outcomes.map(({ status, seq }) => ({ status, seq }))),
    },
    {
      how: 'a re-allocation that stays',
      on: 'push',
      change: (t) =>
        undo({
          takeBack: async (session: unknown, items: readonly PostedItem[]) => {
            if (items[0]?.operation === 'payment.update') return items.map(({ seq }) => ({ status: 'undone', seq }));
            return t.undo.by === 'target' ? t.undo.takeBack(session, items) : [];
          },
        })(t),
    },
  ],
  'unknown-former-is-left': [
    {
      how: 'an update that is deleted like an insert',
      on: 'push',
      change: (t) =>
        undo({
          takeBack: async (session: unknown, items: { operation: string }[]) =>
            t.undo.by === 'target'
              ? t.undo.takeBack(session, items.map((item) => ({ ...item, operation: 'invoice.insert' })) as never)
              : [],
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
    await tryLaw(law, subjectOf(sound, told));
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
      const complaint = await (async () => tryLaw(law, subject))().catch((error: unknown) => error);
      // A law complains in its own words; a TypeError would be the law's own fault.
      expect(complaint).toBeInstanceOf(Error);
      expect((complaint as Error).name).toBe('Error');
    },
    20_000,
  );
});

describe('a law that has nothing to look at', () => {
  /** These look at the target by itself, not at what it makes of documents. */
  const OF_ITSELF = new Set(
    LAWS.slice(
      0,
      LAWS.findIndex(({ id }) => id === 'validate-is-pure'),
    )
      .map(({ id }) => id)
      .concat('empty-batch-has-files', 'files-come-with-instructions', 'readback-by-hand-is-explained'),
  );
  /** These bring documents of their own. */
  const OF_THE_KIT = new Set(['validate-bears-anything', 'instructions-name-the-document']);
  const others = LAWS.filter(({ id }) => !OF_ITSELF.has(id) && !OF_THE_KIT.has(id));

  it.each(others.map((law) => [law.id, law] as const))('fails and says so: %s', async (_, law) => {
    const { target, told } = pushTarget();
    const on = law.applies(target) ? target : files;
    const trial = tryLaw(law, subjectOf(on, { ...told, documents: () => [] }));
    await expect(trial).rejects.toThrow(/nothing to look at|no document|No document|fewer than two|no [a-z.]+ with its insert/);
  });

  it('fails for a target without stages, too', async () => {
    const { told } = pushTarget();
    const none = { ...files, stages: [] };
    await expect(tryLaw(law('export-is-pure'), subjectOf(none, told))).rejects.toThrow('waive export-is-pure');
  });

  it.each(['count', 'look', 'edit', 'trouble', 'refused'] as const)('says that it needs the member `%s`', async (member) => {
    const { target, told } = pushTarget();
    const complaints = await Promise.all(
      lawsFor(target).map((one) => tryLaw(one, subjectOf(target, { ...told, [member]: undefined as never })).catch(String)),
    );
    expect(complaints.filter((complaint) => complaint !== undefined).join()).toContain(`the member \`${member}\`. See`);
  });
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
  it('is printed with its reason', () =>
    expect(waiverLines(files, waive('files-are-byte-stable', 'The format holds a clock.')())).toEqual([
      'Waived by lines: files-are-byte-stable. The format holds a clock.',
    ]));
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

async function discovered({ chart }: AnyTarget): Promise<Chart> {
  if (chart.by !== 'discovered') throw new Error('It has no chart to ask for.');
  return chart.discover({});
}

function law(id: string): Law {
  return LAWS.find((one) => one.id === id)!;
}
