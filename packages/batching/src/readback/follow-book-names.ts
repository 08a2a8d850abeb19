import type { AnyTarget, Changes, MergeSeen, ReadOutcome } from '@ledgerpost/core';
import { keepMergesSeen, type Sql, type Store } from '@ledgerpost/store';
import { booksIn, type InBooks, keepNames } from '../linking/books-in.ts';

/**
 * Keeps the customers and items of the books that changed since an instant: those that came with the changes, else, where too much changed
 * or the target does not report them there, those that it lists.
 * @param readAt when the question was asked, by our clock
 * @throws TargetError
 */
export async function followBookNames(
  store: Store,
  target: AnyTarget,
  session: unknown,
  check: InBooks,
  { names, since, readAt }: { readonly names: Changes['names']; readonly since: number; readonly readAt: Date },
): Promise<void> {
  const { delivery } = target;
  if (delivery.by !== 'push') return;
  const books = await booksIn(store.sql, check);
  const pages = names ?? delivery.list?.(session, ['customer', 'item'], since) ?? [];
  for await (const page of pages) await keepNames(store, books, page, readAt);
}

/** Keeps the merges that documents showed, as proposals that a person accepts on the page Matching. */
export async function keepMerges(sql: Sql, check: InBooks, outcomes: readonly ReadOutcome[]): Promise<void> {
  const seen = outcomes.flatMap((outcome): readonly MergeSeen[] => (outcome.status === 'gone' ? [] : (outcome.merged ?? [])));
  if (seen.length > 0) await keepMergesSeen(sql, await booksIn(sql, check), seen);
}
