import type { AnyTarget, Changes, MergeSeen, NamePage, ReadOutcome } from '@ledgerpost/core';
import { type Books, booksOf, dropBookNames, keepBookNames, keepMergesSeen, type Sql, type Store } from '@ledgerpost/store';

/** Whose books a check reads. */
type Check = { readonly company: { readonly id: string }; readonly target: string; readonly connectionId: string };

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
  check: Check,
  { names, since, readAt }: { readonly names: Changes['names']; readonly since: number; readonly readAt: Date },
): Promise<void> {
  const { delivery } = target;
  if (delivery.by !== 'push') return;
  const books = await booksIn(store.sql, check);
  const pages = names ?? delivery.list?.(session, ['customer', 'item'], since) ?? [];
  for await (const page of pages) await keepPage(store, books, page, readAt);
}

async function keepPage(store: Store, books: Books, { kind, names, gone = [] }: NamePage, readAt: Date): Promise<void> {
  if (names.length === 0 && gone.length === 0) return;
  await store.sql.begin(async (sql) => {
    await keepBookNames(sql, books, kind, names, readAt);
    await dropBookNames(sql, books, kind, gone, readAt);
  });
}

/** Keeps the merges that documents showed, as proposals that a person accepts on the page Matching. */
export async function keepMerges(sql: Sql, check: Check, outcomes: readonly ReadOutcome[]): Promise<void> {
  const seen = outcomes.flatMap((outcome): readonly MergeSeen[] => (outcome.status === 'gone' ? [] : (outcome.merged ?? [])));
  if (seen.length > 0) await keepMergesSeen(sql, await booksIn(sql, check), seen);
}

function booksIn(sql: Sql, { company, target, connectionId }: Check): Promise<Books> {
  return booksOf(sql, { companyId: company.id, target, connectionId });
}
