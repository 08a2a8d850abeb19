import type { Document, Money } from '@ledgerpost/core';
import type { Conformance } from './law.ts';
import type { MemoryBooks } from './memory-books.ts';

/** The number that these books refuse. */
const REFUSED = '666';

/** What the author of the target in memory gives the kit. */
export function givenFor(books: MemoryBooks) {
  books.refused.add(REFUSED);
  return {
    settings: {},
    amountOf: (payload: { readonly total?: number; readonly amount?: number }) => (payload.total ?? payload.amount) as Money,
    refused: (document: Document) =>
      ({ ...document, ...(document.kind === 'payment' ? { refNo: REFUSED } : { number: REFUSED }) }) as Document,
    count: () => books.held.size,
    look: async (externalId: string) => {
      const held = books.held.get(externalId);
      return held && { number: held.number, total: held.total };
    },
    edit: (externalId: string) => {
      books.held.get(externalId)!.version += 1;
    },
    trouble: (kind, during) => {
      books.faults.push(kind);
      return during();
    },
  } satisfies Conformance;
}
