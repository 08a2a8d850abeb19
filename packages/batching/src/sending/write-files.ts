import type { AnyTarget, ExportedItem } from '@ledgerpost/core';
import { announce, exportedItems, fileStore, listFiles, type Store, type StoredFile, type WorkBatch } from '@ledgerpost/store';

/** Rows read at a time: enough to keep the writer busy, few enough to keep in memory. */
const PAGE = 500;

/**
 * Lets a file target write the files of a batch into the store. Nothing counts until all are written and sealed; another
 * attempt starts from scratch and makes the same bytes.
 * @param onProgress called after each page with the number of items that the target has received
 */
export async function writeFiles(
  store: Store,
  target: AnyTarget,
  batch: WorkBatch,
  onProgress: (items: number) => void = () => {},
): Promise<readonly StoredFile[]> {
  if (target.delivery.by !== 'files') throw new Error(`The target ${target.id} writes no files.`);
  const earlier = await listFiles(store.sql, batch.id);
  if (earlier.length > 0) return earlier;
  const files = fileStore(store, batch.id);
  await target.delivery.render(itemsToWrite(store, batch, onProgress), files.sink, {
    batch: { id: batch.id, name: batch.name },
    currency: batch.company.currency,
    settings: batch.settings,
  });
  return store.sql.begin(async (sql) => {
    const sealed = await files.seal(sql);
    await announce(sql, batch.id);
    return sealed;
  });
}

async function* itemsToWrite(store: Store, batch: WorkBatch, onProgress: (items: number) => void): AsyncGenerator<ExportedItem> {
  const last = batch.plan?.items ?? 0;
  const read = (fromSeq: number) =>
    fromSeq > last ? Promise.resolve([]) : exportedItems(store.sql, { batchId: batch.id, fromSeq, toSeq: fromSeq + PAGE - 1 });
  let next = read(1);
  for (let fromSeq = 1; fromSeq <= last; fromSeq += PAGE) {
    const page = await next;
    // The next page is read while the target works on this one.
    next = read(fromSeq + PAGE);
    next.catch(() => {});
    for (const item of page) {
      yield {
        seq: item.seq,
        record: { type: item.type, id: item.recordId },
        operation: item.operation,
        key: item.key,
        payload: item.payload,
      };
    }
    onProgress(Math.min(last, fromSeq + PAGE - 1));
  }
}
