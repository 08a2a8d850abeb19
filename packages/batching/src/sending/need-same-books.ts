import { type AnyTarget, openTarget, type TargetContext, TargetError } from '@ledgerpost/core';
import { claimBooks, type Store, type WorkBatch } from '@ledgerpost/store';

/**
 * For a target whose access is a key in the settings: asks whose books the key opens now, and remembers it. A connection by grant is
 * compared when it is made.
 * @throws TargetError of kind `config` and code `other-books` while documents stand in other books
 */
export async function needSameBooks(store: Store, target: AnyTarget, context: TargetContext, batch: WorkBatch): Promise<void> {
  if (target.access.by !== 'settings' || target.delivery.by !== 'push') return;
  const { account, company } = await target.check(openTarget(target, batch.settings, context));
  if (account === undefined) return;
  const other = await claimBooks(store.sql, { companyId: batch.company.id, target: target.id, account });
  if (other === undefined) return;
  const text = `Documents of this company are in the books ${other} at ${target.name}, and its key opens “${company}” (${account}). Enter a key of the books ${other}, then resume.`;
  throw new TargetError('config', 'other-books', text);
}
