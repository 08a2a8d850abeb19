import type { Document, Money } from '@ledgerpost/core';
import type { Conformance, HeldDocument, HeldLine } from './law.ts';
import type { Held, MemoryBooks } from './memory-books.ts';

/** The number that these books refuse. */
const REFUSED = '666';

/** What the author of the target in memory gives the kit. */
export function givenFor(books: MemoryBooks) {
  books.refused.add(REFUSED);
  return {
    settings: { apiKey: 'memory-key-7d1f' },
    amountOf: (payload: { readonly total?: number; readonly amount?: number }) => (payload.total ?? payload.amount) as Money,
    refused: (document: Document) =>
      ({ ...document, ...(document.kind === 'payment' ? { refNo: REFUSED } : { number: REFUSED }) }) as Document,
    reason: `The books refuse ${REFUSED}`,
    count: () => [...books.held.values()].filter(({ isForeign }) => isForeign !== true).length,
    look: async (externalId: string) => {
      const held = books.held.get(externalId);
      return held && lookAt(held);
    },
    edit: (externalId: string) => {
      books.held.get(externalId)!.version += 1;
    },
    stranger: (document: Document) => {
      const id = `foreign-${books.held.size + 1}`;
      const number = document.kind === 'payment' ? document.refNo : document.number;
      const theirs = { ...document, total: 77, record: { type: document.record.type, id }, marker: '' } as unknown as Document;
      books.held.set(id, { number, total: 77 as Money, version: 1, document: theirs, isForeign: true });
      return id;
    },
    reallocate: (externalId: string) => {
      const held = books.held.get(externalId)!;
      books.held.set(externalId, { ...held, version: held.version + 1, applied: {} });
    },
    supportIds: () => books.supportIds,
    maxPerRequest: 10,
    trouble: (kind, during, from = 1) => {
      books.trouble = { kind, from, seen: 0 };
      return during().finally(() => {
        books.trouble = undefined;
      });
    },
    stall: (during) => {
      books.stalled = true;
      return during().finally(() => {
        books.stalled = false;
      });
    },
  } satisfies Conformance;
}

function lookAt({ number, total, customer, document, applied }: Held): HeldDocument {
  const { date } = document;
  const parts = Object.entries(applied ?? {}).map(([externalId, amount]) => ({ externalId, amount: amount as Money }));
  return {
    ...{ number, total, customer: customer ?? null, date, words: wordsOf(document), lines: linesOf(document) },
    applied: document.kind === 'payment' ? parts.filter(({ amount }) => amount > 0) : null,
    dueDate: (document.kind === 'invoice' ? document.dueDate : undefined) ?? null,
  };
}

function wordsOf(document: Document): readonly string[] {
  const lines = 'lines' in document ? document.lines.map(({ description }) => description) : [];
  const own = [(document as { message?: string }).message, (document as { memo?: string }).memo];
  return [...lines, ...own].filter((text) => text !== undefined);
}

function linesOf(document: Document): readonly HeldLine[] {
  if (document.kind === 'journal') {
    return document.lines.map((line) => ({
      account: line.account,
      class: line.class ?? null,
      amount: (line.side === 'debit' ? line.amount : -line.amount) as Money,
    }));
  }
  if (document.kind !== 'invoice' && document.kind !== 'creditMemo') return [];
  return document.lines.map((line) => ({
    account: line.item.account ?? null,
    class: line.class ?? null,
    amount: line.amount,
    tax: line.tax?.amount ?? null,
  }));
}
