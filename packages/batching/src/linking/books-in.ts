import type { NamePage } from '@ledgerpost/core';
import { type Books, booksOf, dropBookNames, keepBookNames, type Sql, type Store } from '@ledgerpost/store';

/** What a batch and a check for drift know about the books that they work on. */
export interface InBooks {
  readonly company: { readonly id: string };
  readonly target: string;
  readonly connectionId: string;
}

/** The books whose customers and items are linked. */
export function booksIn(sql: Sql, { company, target, connectionId }: InBooks): Promise<Books> {
  return booksOf(sql, { companyId: company.id, target, connectionId });
}

/** Keeps names that were read from the books, and that others are no longer there; their links follow. @param readAt by our clock */
export async function keepNames(store: Store, books: Books, page: NamePage, readAt: Date): Promise<void> {
  const { kind, names, gone = [] } = page;
  if (names.length === 0 && gone.length === 0) return;
  await store.sql.begin(async (sql) => {
    await keepBookNames(sql, books, kind, names, readAt);
    await dropBookNames(sql, books, kind, gone, readAt);
  });
}
