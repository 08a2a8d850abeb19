import type { AnyTarget, PostedItem, Receipt, TargetContext } from '@ledgerpost/core';
import {
  lockCompany,
  type Range,
  refuseItems,
  type Sql,
  type StandingItem,
  type Store,
  type StoredReceipt,
  standingItems,
  unpostItems,
  type WorkBatch,
} from '@ledgerpost/store';
import { refreshRecords } from './refresh.ts';

/** Releases the postings of a range in the store: all that an undo by hand can do. To be run in a transaction. */
export async function releasePostings(sql: Sql, batch: WorkBatch, range: Range): Promise<void> {
  await lockCompany(sql, batch.company.id);
  await refreshRecords(sql, batch, await unpostItems(sql, range, 'all'));
}

/** Takes the items of a range back at a target that can, newest first; what it leaves alone keeps its posting, with a problem. */
export async function takeBackDocuments(
  store: Store,
  target: AnyTarget,
  context: TargetContext,
  batch: WorkBatch,
  range: Range,
): Promise<{ undone: number; left: number }> {
  if (target.undo.by !== 'target') throw new Error(`The target ${target.id} is undone by hand.`);
  const items = await standingItems(store.sql, range);
  if (items.length === 0) return { undone: 0, left: 0 };
  const outcomes = await target.undo.takeBack(target.open(batch.settings, context), items.map(postedItem));
  const undone = outcomes.flatMap((o) => (o.status === 'left' ? [] : [{ seq: o.seq, externalVersion: o.externalVersion }]));
  const left = outcomes.flatMap((o) => (o.status === 'left' ? [{ seq: o.seq, state: 'left' as const, problem: o.problem }] : []));
  await store.sql.begin(async (sql) => {
    await lockCompany(sql, batch.company.id);
    await refuseItems(sql, batch.id, left);
    if (undone.length > 0) await refreshRecords(sql, batch, await unpostItems(sql, range, undone));
  });
  return { undone: undone.length, left: left.length };
}

/** A standing item as targets take it. */
export function postedItem(item: StandingItem): PostedItem {
  return {
    seq: item.seq,
    record: item.document.record,
    operation: item.document.operation,
    key: item.key,
    document: item.document,
    receipt: receiptOf(item.externalId, item.externalVersion, item.receipt),
    ...(item.formerDocument === null || item.formerExternalId === null
      ? {}
      : {
          former: {
            document: item.formerDocument,
            receipt: receiptOf(item.formerExternalId, item.formerExternalVersion, item.formerReceipt),
          },
        }),
  };
}

function receiptOf(externalId: string, version: string | null, kept: StoredReceipt | null): Receipt {
  return { externalId, ...(version === null ? {} : { externalVersion: version }), ...kept } as Receipt;
}
