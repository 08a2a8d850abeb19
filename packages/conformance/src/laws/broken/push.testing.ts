import type { ExportedItem } from '@ledgerpost/core';
import { type Breakers, wrapPush } from './targets.testing.ts';

/** For each law of push.ts, targets that break it. */
export const BREAKERS: Breakers = {
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
};
