import { PROBLEM_CODES, refKey } from '@ledgerpost/core';
import type { Expectation } from '../sample/draft.ts';
import type { BatchAnswer, ItemAnswer, UnbatchedAnswer } from './answers.ts';

/** What a batch sent, and what is still unbatched. */
export interface Aftermath {
  readonly batch: BatchAnswer;
  readonly items: readonly ItemAnswer[];
  readonly unbatched: readonly UnbatchedAnswer[];
}

/**
 * Compares what a batch did with what was expected, and its totals with its documents. Returns one sentence for each
 * difference.
 */
export function surprisesIn({ batch, items, unbatched }: Aftermath, expectations: readonly Expectation[]): string[] {
  const item = new Map(items.map((one) => [refKey(one.record), one]));
  const open = new Map(unbatched.map((one) => [refKey(one), one]));
  const expected = new Set(expectations.map((one) => refKey(one.ref)));
  return [
    ...expectations.flatMap((expectation) => {
      const key = refKey(expectation.ref);
      const found = describe(item.get(key), open.get(key));
      const wanted = want(expectation);
      return found.includes(wanted) ? [] : [`${key} (${expectation.because}): expected ${wanted}, found ${found.join(' and ')}.`];
    }),
    ...items
      .filter((one) => isSent(one) && !expected.has(refKey(one.record)))
      .map((one) => `${refKey(one.record)} was sent as ${one.operation}, which was not expected.`),
    ...wrongTotals(batch, items),
  ];
}

export function isSent(item: ItemAnswer): boolean {
  return item.state === 'posted' || item.state === 'listed';
}

function want({ outcome }: Expectation): string {
  switch (outcome.is) {
    case 'sent':
      return `sent as ${outcome.as}`;
    case 'stopped':
      return `stopped by ${outcome.by}`;
    case 'nothing':
      return 'nothing to send';
    default:
      return outcome satisfies never;
  }
}

function describe(item: ItemAnswer | undefined, open: UnbatchedAnswer | undefined): string[] {
  if (item && isSent(item)) {
    // A payment that was sent unapplied waits for its invoice: it is sent, and will be allocated later.
    const again = open !== undefined && open.readiness !== 'waiting';
    return [again ? `sent as ${item.operation}, but still unbatched` : `sent as ${item.operation}`];
  }
  if (!item && !open) return ['nothing to send'];
  const stopping = [...(item?.problems ?? []), ...(open?.problems ?? [])].filter(
    (p) => PROBLEM_CODES[p.code].severity === 'problem',
  );
  const codes = new Set([...stopping.map((p) => p.code), ...(open?.reason ? [open.reason] : [])]);
  if (codes.size > 0) return [...codes].map((code) => `stopped by ${code}`);
  return [item ? `an item that is ${item.state}` : `still unbatched (${open!.readiness}, ${open!.operation})`];
}

function wrongTotals(batch: BatchAnswer, items: readonly ItemAnswer[]): string[] {
  const sums: Record<string, { documents: number; amount: number }> = {};
  for (const { operation, amount } of items.filter(isSent)) {
    sums[operation] ??= { documents: 0, amount: 0 };
    sums[operation].documents += 1;
    sums[operation].amount += amount;
  }
  const reported: Readonly<Record<string, { documents: number; amount: number } | undefined>> = batch.totals?.operations ?? {};
  return [...new Set([...Object.keys(sums), ...Object.keys(reported)])].flatMap((operation) => {
    const [ours, theirs] = [sums[operation] ?? none, reported[operation] ?? none];
    if (ours.documents === theirs.documents && ours.amount === theirs.amount) return [];
    return [
      `The batch reports ${theirs.documents} ${operation} totaling ${theirs.amount}, but its items are ${ours.documents} totaling ${ours.amount}.`,
    ];
  });
}

const none = { documents: 0, amount: 0 };
