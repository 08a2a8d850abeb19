import type { AnyTarget } from '@ledgerpost/core';
import { needConnected, needSupportedBooks, type Sql } from '@ledgerpost/store';

/**
 * Refuses a request that would send to the books, read them or undo something in them while the company has no access. A target
 * that nobody signs in to passes.
 * @throws Refusal `not-connected` | `access-lost` | `books-unread`
 */
export async function needBooks(sql: Sql, target: AnyTarget, connectionId: string): Promise<void> {
  if (target.access.by === 'oauth') await needConnected(sql, connectionId, target.name);
}

/**
 * The same for a new batch, which the books must also support.
 * @throws Refusal `not-connected` | `access-lost` | `books-unread` | `books-not-supported`
 */
export async function needBooksForBatch(sql: Sql, target: AnyTarget, connectionId: string): Promise<void> {
  await needBooks(sql, target, connectionId);
  if (target.access.by === 'oauth') await needSupportedBooks(sql, connectionId);
}
