import { type Problem, problem } from '../codes/problems.ts';
import type { Document } from '../documents/documents.ts';
import type { BatchedRecord } from '../records/records.ts';
import { type Money, parseMoney, showMoney } from '../values/money.ts';

/** The document at the start of a sentence: "Invoice 10427". */
export function naming(document: Document): string {
  switch (document.kind) {
    case 'invoice':
      return `Invoice ${document.number || document.record.id}`;
    case 'creditMemo':
      return `Credit memo ${document.number || document.record.id}`;
    case 'payment':
      return `Payment ${document.reference ?? document.record.id}`;
    case 'journal':
      return `Refund ${document.record.id}`;
    case 'warning':
      return document.record.type === 'refund'
        ? `Refund ${document.record.id}`
        : `Payment ${document.number || document.record.id}`;
    default:
      return document satisfies never;
  }
}

/** The document inside a sentence: "invoice 10427". */
export function inner(document: Document): string {
  const name = naming(document);
  return name[0]!.toLowerCase() + name.slice(1);
}

export function cash(amount: Money, document: Document): string {
  return showMoney(amount, document.currency);
}

/** A record's own amount, in the same form as ours where it can be read. */
export function shown(amount: string, document: Document): string {
  const money = parseMoney(amount, document.currency);
  return money === undefined ? amount : cash(money, document);
}

export function removedSince(record: BatchedRecord, document: Document): Problem {
  return problem(
    'changed-after-batch',
    record,
    `${naming(document)} was removed after it was selected. Leave it out of the batch.`,
    'status',
  );
}
