import { amountOf, multiply, OPERATIONS } from '@ledgerpost/core';
import { expect, it } from 'vitest';
import { sampleDocuments } from './sample-documents.ts';

const documents = sampleDocuments(1);

it('there is a sample of every operation but the void, which needs a target that can', () => {
  const operations = new Set(documents.map((document) => document.operation));
  expect(OPERATIONS.filter((operation) => !operations.has(operation))).toEqual(['invoice.void']);
});

it.each(documents.map((document) => [`${document.operation} ${document.record.id}`, document] as const))(
  'the sample %s adds up',
  (_, document) => {
    switch (document.kind) {
      case 'invoice':
      case 'creditMemo':
        for (const line of document.lines) expect(line.amount).toBe(multiply(line.quantity, line.unitPrice, document.currency));
        return expect(document.lines.reduce((sum, line) => sum + line.amount, document.tax?.amount ?? 0)).toBe(document.total);
      case 'payment':
        return expect(document.applied.reduce<number>((sum, part) => sum + part.amount, document.unapplied)).toBe(
          document.amount,
        );
      case 'journal':
        return expect(document.lines.reduce((sum, line) => sum + (line.side === 'debit' ? line.amount : -line.amount), 0)).toBe(
          0,
        );
      case 'warning':
        return expect(amountOf(document)).toBeGreaterThan(0);
      default:
        return document satisfies never;
    }
  },
);

it('no invoice is paid beyond its total, at any time', () => {
  const totals = new Map(documents.flatMap((one) => (one.operation === 'invoice.insert' ? [[one.record.id, one.total]] : [])));
  const paid = new Map<string, number>();
  for (const one of documents) {
    for (const { invoiceId, amount } of one.kind === 'payment' ? one.applied : [])
      paid.set(invoiceId, (paid.get(invoiceId) ?? 0) + amount);
  }
  expect([...paid].filter(([id, amount]) => amount > totals.get(id)!)).toEqual([]);
  expect(paid.size).toBeGreaterThan(2);
});

it('customers, accounts, classes, days and words vary', () => {
  const invoices = documents.flatMap((one) => (one.operation === 'invoice.insert' ? [one] : []));
  const lines = invoices.flatMap((one) => one.lines);
  for (const values of [
    invoices.map(({ customer }) => customer?.id),
    invoices.map(({ date }) => date),
    invoices.map(({ dueDate }) => dueDate),
    invoices.map(({ message }) => message),
    invoices.map(({ department }) => department?.id),
    lines.map((line) => line.class),
    lines.map(({ item }) => item.account),
    lines.map(({ taxable }) => taxable),
  ])
    expect(new Set<unknown>(values).size).toBeGreaterThan(1);
});

it('two series share no number and no record', () => {
  const other = new Set(sampleDocuments(2).map((document) => document.record.id));
  expect(documents.filter((document) => other.has(document.record.id))).toEqual([]);
});
