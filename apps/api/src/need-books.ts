import type { AnyTarget } from '@ledgerpost/core';
import { needConnected, type Sql, targetsOf } from '@ledgerpost/store';

/**
 * What looks into the books, or takes something out of them, is refused at once where nobody is let in.
 * @throws Refusal `not-connected` | `access-lost` | `books-unread`
 */
export async function needBooks(sql: Sql, target: AnyTarget, companyId: string): Promise<void> {
  if (target.access.by !== 'oauth') return;
  const companyTarget = (await targetsOf(sql, companyId)).find((one) => one.target === target.id);
  if (companyTarget !== undefined) await needConnected(sql, companyTarget.connectionId, target.name);
}
