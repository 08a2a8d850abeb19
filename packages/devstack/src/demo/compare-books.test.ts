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
    ['a record that was sent and is not there', [byHand], [sent]],
    ['a record that is there twice', [byHand, ours, { ...ours, id: '4' }], [sent]],
    ['a record that is there over another amount', [byHand, { ...ours, total: 101 }], [sent]],
    ['a record that nobody sent', [byHand, ours], [{ ...sent, state: 'refused' }]],
    ['a document without a marker', [byHand, ours, { ...ours, id: '4', marker: undefined }], [sent]],
    ['somebody else’s document gone', [ours], [sent]],
    ['somebody else’s document changed', [{ ...byHand, total: 1 }, ours], [sent]],
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

  it('nothing to say where all is as it should be', () => {
    expect(strayInBooks(books([byHand]), books([byHand, ours, automatic]), [sent])).toEqual([]);
    expect(leftInBooks(books([byHand], [['Checking', 1]]), books([byHand], [['Checking', 1]]))).toEqual([]);
  });
});

describe('the demo holds the ledger', () => {
  const own = { receivable: 'A/R', tax: 'Tax', deposit: 'Undeposited' };
  const entries = [
    { role: 'income', account: 'Services', amount: -70 },
    { role: 'income', account: 'Services', amount: -20 },
    { role: 'tax', account: null, amount: -10 },
    { role: 'receivable', account: null, amount: 100 },
    { role: 'deposit', account: null, amount: 0 },
  ];
  const said = [
    ['Services', -90],
    ['Tax', -10],
    ['A/R', 100],
  ] as const;

  it('against what the batch says, by the books’ own names', () => {
    expect(changeByBatch(entries, own)).toEqual(new Map(said));
    expect(disagreements(new Map(said), changeByBatch(entries, own), 'the batch says')).toEqual([]);
  });

  it('to the cent, on either side', () => {
    const off = new Map<string, number>([...said, ['Services', -91], ['Checking', 1]]);
    expect(disagreements(off, changeByBatch(entries, own), 'the batch says')).toEqual([
      'Services: the books say -91 cents, and the batch says -90 (-1).',
      'Checking: the books say 1 cents, and the batch says 0 (+1).',
    ]);
    expect(disagreements(new Map(), changeByBatch(entries, own), 'the batch says')).toHaveLength(3);
  });
});
