import { describe, expect, it } from 'vitest';
import { type Expectation, nothing, sent, stopped } from '../sample/draft.ts';
import type { BatchAnswer, ItemAnswer, UnbatchedAnswer } from './answers.ts';
import { surprisesIn } from './compare.ts';

const ref = { type: 'invoice', id: 'i-1' } as const;
const item: ItemAnswer = { record: ref, operation: 'invoice.insert', state: 'posted', number: '1', amount: 100, problems: [] };
const open: UnbatchedAnswer = { ...ref, operation: 'invoice.insert', readiness: 'ready', reason: null, problems: [] };
const batch = (operations: NonNullable<BatchAnswer['totals']>['operations']): BatchAnswer => ({
  id: 'b',
  name: 'b',
  state: 'posted',
  ended: true,
  version: 1,
  progress: { items: 1, done: 1, of: 1 },
  totals: { operations, tax: 0 },
  reason: null,
  links: { self: '' },
});
const one = batch({ 'invoice.insert': { documents: 1, amount: 100 } });
const expecting = (outcome: Expectation['outcome']): Expectation[] => [{ ref, because: 'a test', outcome }];

describe('the demo reports a difference when', () => {
  it.each([
    ['a record that should be sent is still unbatched', batch({}), [], [open], sent('invoice.insert')],
    ['a record was sent as something else', one, [item], [], sent('invoice.update')],
    ['a record was sent but is still unbatched', one, [item], [open], sent('invoice.insert')],
    ['a record that should be stopped was sent', one, [item], [], stopped('no-customer')],
    [
      'a record was stopped by another problem',
      batch({}),
      [],
      [{ ...open, reason: 'no-lines' as const }],
      stopped('no-customer'),
    ],
    ['a record with nothing to send was sent', one, [item], [], nothing],
    ['a record with nothing to send is unbatched', batch({}), [], [open], nothing],
    [
      'the totals do not match the documents',
      batch({ 'invoice.insert': { documents: 1, amount: 99 } }),
      [item],
      [],
      sent('invoice.insert'),
    ],
  ])('%s', (_, batch, items, unbatched, outcome) => {
    expect(surprisesIn({ batch, items, unbatched }, expecting(outcome))).toHaveLength(1);
  });

  it('an unexpected record was sent', () => {
    expect(surprisesIn({ batch: one, items: [item], unbatched: [] }, [])).toHaveLength(1);
  });
});

describe('the demo reports nothing when', () => {
  it('a record was sent as expected', () => {
    expect(surprisesIn({ batch: one, items: [item], unbatched: [] }, expecting(sent('invoice.insert')))).toEqual([]);
  });

  it('a payment was sent and waits for its invoice', () => {
    const waiting = { ...open, readiness: 'waiting' as const };
    expect(surprisesIn({ batch: one, items: [item], unbatched: [waiting] }, expecting(sent('invoice.insert')))).toEqual([]);
  });

  it('a record was stopped by the expected problem', () => {
    const row = { ...open, readiness: 'stopped' as const, operation: null, reason: 'not-finalized' as const };
    expect(surprisesIn({ batch: batch({}), items: [], unbatched: [row] }, expecting(stopped('not-finalized')))).toEqual([]);
  });
});
