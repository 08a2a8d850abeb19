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

it('two series share no number and no record', () => {
  const other = new Set(sampleDocuments(2).map((document) => document.record.id));
  expect(documents.filter((document) => other.has(document.record.id))).toEqual([]);
});
