import { expect, it } from 'vitest';
import type { Document } from '../documents/documents.ts';
import { itemAccounts } from './item-accounts.ts';

const invoice = (id: string, ...items: [name: string, account?: string][]) =>
  ({
    kind: 'invoice',
    record: { type: 'invoice', id },
    number: id,
    lines: items.map(([name, account]) => ({ item: account === undefined ? { name } : { name, account } })),
  }) as unknown as Document;

it('one item on two accounts is a problem of every document that uses it', () => {
  const items = itemAccounts();
  const documents = [invoice('1', ['Tune-up', 'Sales']), invoice('2', ['Tune-up', 'Service']), invoice('3', ['Filter', 'Sales'])];
  for (const document of documents) items.see(document);
  expect(documents.map((document) => items.conflicts(document).map((p) => p.code))).toEqual([
    ['item-on-two-accounts'],
    ['item-on-two-accounts'],
    [],
  ]);
  expect(items.conflicts(documents[0]!)[0]!.message).toContain('2 accounts: “Sales” and “Service”');
});

it('goes by names as the books do, which ignore case', () => {
  const items = itemAccounts();
  items.see(invoice('1', ['Tune-Up', 'Sales']));
  expect(items.conflicts(invoice('2', ['tune-up', 'Service']))).toHaveLength(1);
});

it('an item that nothing is mapped for is in nobody’s way', () => {
  const items = itemAccounts();
  items.see(invoice('1', ['Tune-up']));
  items.see(invoice('2', ['Tune-up', 'Sales']));
  expect(items.conflicts(invoice('1', ['Tune-up']))).toEqual([]);
});

it('finds a conflict inside one document, and tells it once', () => {
  const document = invoice('1', ['Tune-up', 'A'], ['Tune-up', 'B'], ['Tune-up', 'A']);
  const items = itemAccounts();
  items.see(document);
  expect(items.conflicts(document)).toHaveLength(1);
});
