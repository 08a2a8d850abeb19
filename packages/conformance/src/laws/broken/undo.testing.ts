import { type Document, type ExportedItem, numberOf, type PostedItem } from '@ledgerpost/core';
import { type Breakers, leavesWhatIsGone, takeBack, undo, wrapPush } from './targets.testing.ts';

/** For each law of undo.ts, targets that break it. */
export const BREAKERS: Breakers = {
  'one-undo-outcome-per-item': [
    { how: 'another order', on: 'push', change: takeBack((outcomes) => [...outcomes].reverse()) },
    { how: 'an item without outcome', on: 'push', change: takeBack((outcomes) => outcomes.slice(1)) },
  ],
  'a-persons-change-stops-the-undo': [
    {
      how: 'an undo that checks nothing',
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
      how: 'an outcome without a sentence',
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
      change: leavesWhatIsGone,
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
