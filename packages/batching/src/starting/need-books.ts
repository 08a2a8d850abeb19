import type { AnyTarget } from '@ledgerpost/core';
import { needConnected, type Sql } from '@ledgerpost/store';

/**
 * What would send something to the books, look into them or take something out of them is refused at once where nobody is let
 * in, and goes on at a target that nobody signs in to.
 * @throws Refusal `not-connected` | `access-lost` | `books-unread`
 */
export async function needBooks(sql: Sql, target: AnyTarget, connectionId: string): Promise<void> {
  if (target.access.by === 'oauth') await needConnected(sql, connectionId, target.name);
}
