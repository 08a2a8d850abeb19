import { markerOf } from '@ledgerpost/core';
import type { ItemAnswer } from './answers.ts';
import { isSent } from './compare.ts';
import { changeBetween } from './ledger.ts';
import type { BookedDocument, BooksNow } from './simulated-books.ts';

/**
 * Compares the books with what was sent: each record once with its last amount, and otherwise only what was there
 * before. Returns one sentence for each difference.
 */
export function strayInBooks(before: BooksNow, now: BooksNow, sent: readonly ItemAnswer[]): string[] {
  const old = new Set(before.documents.map(keyOf));
  const ours = now.documents.filter((document) => !old.has(keyOf(document)) && !isAutomatic(document));
  const found = new Map<string, { times: number; total: number | undefined }>();
  for (const { marker = '', total } of ours) found.set(marker, { times: (found.get(marker)?.times ?? 0) + 1, total });
  const wanted = new Map(sent.filter(isSent).map((item) => [markerOf(item.record), item.amount]));
  return [
    ...[...wanted].flatMap(([marker, amount]) => {
      const { times, total } = found.get(marker) ?? { times: 0, total: undefined };
      if (times !== 1) return [`“${marker}” was sent, but is in the books ${times} times.`];
      return total === undefined || total === amount
        ? []
        : [`“${marker}” is ${total} cents in the books, but was sent as ${amount}.`];
    }),
    ...[...found].filter(([marker]) => !wanted.has(marker)).map(([marker]) => `“${marker}” is in the books, but was not sent.`),
    ...missing(before, now),
  ];
}

/** A payment of zero, with which the books apply a credit to an invoice automatically. */
export function isAutomatic({ kind, total, marker }: BookedDocument): boolean {
  return kind === 'Payment' && total === 0 && marker === undefined;
}

/** What differs after an undo from before the batch. Customers and services that a batch created may stay. */
export function leftInBooks(before: BooksNow, now: BooksNow): string[] {
  const kept = new Map(before.documents.map((document) => [keyOf(document), document]));
  return [
    ...now.documents
      .filter((document) => !kept.has(keyOf(document)))
      .map(({ kind, id }) => `${kind} ${id} is still in the books.`),
    ...missing(before, now),
    ...[...changeBetween(before.ledger, now.ledger)].map(([account, cents]) => `${account} is off by ${cents} cents.`),
    ...[...changeBetween(before.receivables, now.receivables)].map(
      ([customer, cents]) => `${customer} owes ${cents} cents more.`,
    ),
  ];
}

/** Documents that were there before, and are missing or changed. */
function missing(before: BooksNow, now: BooksNow): string[] {
  const there = new Map(now.documents.map((document) => [keyOf(document), document]));
  return before.documents
    .filter((document) => there.get(keyOf(document))?.total !== document.total || !there.has(keyOf(document)))
    .map(({ kind, id }) => `${kind} ${id}, which is not ours, was deleted or changed.`);
}

function keyOf({ kind, id }: { kind: string; id: string }): string {
  return `${kind}/${id}`;
}
