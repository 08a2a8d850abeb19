import { type Document, type ExportedItem, numberOf, type PushOutcome } from '@ledgerpost/core';
import { type Breakers, delivery, exporting, wrapPush } from './targets.testing.ts';

type Sent = { items: ExportedItem[]; references: Record<string, string> };

/** For each law of places.ts, strangers.ts and life.ts, and for those of push.ts about content, targets that break it. */
export const BREAKERS: Breakers = {
  'each-document-lands-in-its-place': [
    {
      how: 'one customer for all',
      on: 'push',
      change: wrapPush((push) => async (session, call: Sent) => {
        const [first] = Object.values(call.references);
        return push(session, {
          ...call,
          references: Object.fromEntries(Object.keys(call.references).map((key) => [key, first])),
        } as never);
      }),
    },
    {
      how: 'a due date for a date',
      on: 'push',
      change: exporting((d) => (d.kind === 'invoice' ? { ...d, dueDate: d.date } : d)),
    },
    { how: 'words left out', on: 'push', change: exporting((d) => ('message' in d ? { ...d, message: '' } : d)) },
    {
      how: 'one account for all lines',
      on: 'push',
      change: exporting((d) =>
        d.kind === 'invoice' ? { ...d, lines: d.lines.map((line) => ({ ...line, item: d.lines[0]!.item })) } : d,
      ),
    },
    {
      how: 'classes left out',
      on: 'push',
      change: exporting((d) => (d.kind === 'invoice' ? { ...d, lines: d.lines.map(({ class: _, ...line }) => line) } : d)),
    },
    {
      how: 'payments that pay nothing',
      on: 'push',
      change: exporting((d) => (d.kind === 'payment' ? { ...d, applied: [] } : d)),
    },
    {
      how: 'updates that keep the old words',
      on: 'push',
      change: exporting((d) => (d.operation === 'journal.update' ? { ...d, memo: 'goodwill!' } : d)),
    },
  ],
  'currencies-keep-their-decimals': [
    {
      how: 'two decimals for every currency',
      on: 'push',
      change: exporting((d) => (d.kind === 'payment' ? ({ ...d, amount: `${d.amount / 100}` } as never) : d)),
    },
  ],
  'a-stranger-is-not-ours': [
    {
      how: 'a number that decides',
      on: 'push',
      change: (t, books) =>
        wrapPush((push) => async (session, call: Sent) => {
          const outcomes: object[] = [];
          for (const item of call.items) {
            const number = numberOf(item.payload as unknown as Document);
            const found = [...books!.held].find(([, held]) => held.number === number && held.isForeign);
            if (found === undefined) outcomes.push(...(await push(session, { ...call, items: [item] } as never)));
            else outcomes.push({ status: 'existed', seq: item.seq, receipt: { externalId: found[0] } });
          }
          return outcomes;
        })(t),
    },
    {
      how: 'a number that is overwritten',
      on: 'push',
      change: (t, books) =>
        wrapPush((push) => async (session, call: Sent) => {
          for (const [id, held] of books!.held)
            if (held.isForeign === true) books!.held.set(id, { ...held, version: held.version + 1, total: 1 as never });
          return push(session, call as never);
        })(t),
    },
  ],
  'an-update-keeps-its-payments': [
    {
      how: 'an update that drops what was paid',
      on: 'push',
      change: (t, books) =>
        wrapPush((push) => async (session, call: Sent) => {
          const outcomes = (await push(session, call as never)) as readonly PushOutcome[];
          for (const [at, { operation }] of call.items.entries()) {
            const outcome = outcomes[at]!;
            if (operation !== 'invoice.update' || !('receipt' in outcome)) continue;
            for (const [id, held] of books!.held)
              books!.held.set(id, { ...held, applied: { ...held.applied, [outcome.receipt.externalId]: 0 } });
          }
          return outcomes;
        })(t),
    },
    {
      how: 'moves that nobody hears of',
      on: 'push',
      change: wrapPush(
        (push) => async (session, call) =>
          ((await push(session, call)) as { moved?: unknown }[]).map(({ moved: _, ...outcome }) => outcome),
      ),
    },
    {
      how: 'payments that are not given back',
      on: 'push',
      change: wrapPush(
        (push) => async (session, call: Sent) =>
          push(session, { ...call, items: call.items.map(({ paidBy: _, ...item }) => item) } as never),
      ),
    },
  ],
  'a-lost-update-is-found-again': [
    {
      how: 'moves that are named once',
      on: 'push',
      change: wrapPush(
        (push) => async (session, call) =>
          ((await push(session, call)) as { status: string; moved?: unknown }[]).map(({ moved, ...outcome }) =>
            outcome.status === 'existed' || moved === undefined ? outcome : { ...outcome, moved },
          ),
      ),
    },
  ],
  'a-void-voids': [
    {
      how: 'a void that stays',
      on: 'push',
      change: exporting((d) => (d.operation === 'invoice.void' ? { ...d, total: 20_000 as never } : d)),
    },
  ],
  'a-persons-change-beside-ours-is-drift': [
    {
      how: 'every payment named as moved',
      on: 'push',
      change: (t, books) =>
        wrapPush((push) => async (session, call: Sent) => {
          const moved = () =>
            [...books!.held].map(([externalId, held]) => ({
              kind: held.document.kind,
              externalId,
              externalVersion: `${held.version}`,
            }));
          return ((await push(session, call as never)) as object[]).map((outcome) => ({ ...outcome, moved: moved() }));
        })(t),
    },
  ],
  'a-whole-life-is-taken-back': [
    {
      how: 'payments that stay taken off',
      on: 'push',
      change: (t) =>
        ({
          ...t,
          undo: {
            ...t.undo,
            takeBack: async (session: unknown, items: object[]) =>
              t.undo.by === 'target' ? t.undo.takeBack(session, items.map((item) => ({ ...item, paidBy: {} })) as never) : [],
          },
        }) as never,
    },
  ],
  'refusals-carry-the-reason': [
    {
      how: 'a refusal without the reason',
      on: 'push',
      change: wrapPush(
        (push) => async (session, call) =>
          ((await push(session, call)) as { problem?: object }[]).map((outcome) =>
            outcome.problem === undefined ? outcome : { ...outcome, problem: { ...outcome.problem, message: 'It was refused.' } },
          ),
      ),
    },
  ],
  'calls-fit-the-vendor': [
    { how: 'calls that are too large', on: 'push', change: delivery({ itemsPerPush: 11 }) },
    {
      how: 'a large call for one operation',
      on: 'push',
      change: delivery({ itemsPerPush: { 'invoice.insert': 5, 'payment.insert': 11 } }),
    },
  ],
};
