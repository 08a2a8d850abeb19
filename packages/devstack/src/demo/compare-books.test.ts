import { describe, expect, it } from 'vitest';
import type { ItemAnswer } from './answers.ts';
import { leftInBooks, strayInBooks } from './compare-books.ts';
import { changeByBatch, disagreements } from './ledger.ts';
import type { BookedDocument, BooksNow } from './simulated-books.ts';

const byHand: BookedDocument = { id: '1', kind: 'Invoice', total: 250, marker: undefined };
const ours: BookedDocument = { id: '2', kind: 'Invoice', total: 100, marker: 'Ledgerpost invoice i-1' };
const automatic: BookedDocument = { id: '3', kind: 'Payment', total: 0, marker: undefined };
const books = (documents: readonly BookedDocument[], ledger: [string, number][] = []): BooksNow => ({
  ledger: new Map(ledger),
  receivables: new Map(),
  documents,
  customers: 0,
  items: 0,
});
const sent: ItemAnswer = {
  record: { type: 'invoice', id: 'i-1' },
  operation: 'invoice.insert',
  state: 'posted',
  number: '1',
  amount: 100,
  problems: [],
};

describe('the demo finds in the books', () => {
  it.each<[string, readonly BookedDocument[], readonly ItemAnswer[]]>([
    ['a record that was sent but is missing', [byHand], [sent]],
    ['a record that is there twice', [byHand, ours, { ...ours, id: '4' }], [sent]],
    ['a record with another amount', [byHand, { ...ours, total: 101 }], [sent]],
    ['a record that nobody sent', [byHand, ours], [{ ...sent, state: 'refused' }]],
    ['a document without a marker', [byHand, ours, { ...ours, id: '4', marker: undefined }], [sent]],
    ['another person’s document deleted', [ours], [sent]],
    ['another person’s document changed', [{ ...byHand, total: 1 }, ours], [sent]],
  ])('%s', (_, documents, items) => {
    expect(strayInBooks(books([byHand]), books(documents), items)).toHaveLength(1);
  });

  it.each<[string, BooksNow]>([
    ['a document that an undo left', books([byHand, ours])],
    ['a credit that the books applied and kept', books([byHand, automatic])],
    ['a balance that an undo left', books([byHand], [['Checking', 1]])],
  ])('%s', (_, now) => {
    expect(leftInBooks(books([byHand]), now)).toHaveLength(1);
  });

  it('nothing where the books are as expected', () => {
    expect(strayInBooks(books([byHand]), books([byHand, ours, automatic]), [sent])).toEqual([]);
    expect(leftInBooks(books([byHand], [['Checking', 1]]), books([byHand], [['Checking', 1]]))).toEqual([]);
  });
});

describe('the demo compares the ledger', () => {
  const own = { receivable: 'A/R', tax: 'Tax', deposit: 'Undeposited' };
  const entries = [
    { role: 'income', account: 'Services', amount: -70 },
    { role: 'income', account: 'Services', amount: -20 },
    { role: 'tax', account: null, amount: -10 },
    { role: 'receivable', account: null, amount: 100 },
    { role: 'deposit', account: null, amount: 0 },
  ];
  const reported = [
    ['Services', -90],
    ['Tax', -10],
    ['A/R', 100],
  ] as const;

  it('with the batch’s report, under the books’ own names', () => {
    expect(changeByBatch(entries, own)).toEqual(new Map(reported));
    expect(disagreements(new Map(reported), changeByBatch(entries, own), 'the batch reports')).toEqual([]);
  });

  it('to the cent, in both directions', () => {
    const off = new Map<string, number>([...reported, ['Services', -91], ['Checking', 1]]);
    expect(disagreements(off, changeByBatch(entries, own), 'the batch reports')).toEqual([
      'Services: the books hold -91 cents, and the batch reports -90 (-1).',
      'Checking: the books hold 1 cents, and the batch reports 0 (+1).',
    ]);
    expect(disagreements(new Map(), changeByBatch(entries, own), 'the batch reports')).toHaveLength(3);
  });
});
