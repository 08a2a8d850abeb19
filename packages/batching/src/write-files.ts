import type { AnyTarget, ExportedItem } from '@ledgerpost/core';
import { exportedAfter, fileStore, listFiles, type Store, type StoredFile, type WorkBatch } from '@ledgerpost/store';

/** Rows read at a time: enough to keep the writer busy, few enough to hold in memory. */
const PAGE = 500;

/**
 * Lets a file target write the files of a batch into the store. Nothing counts until all are written and sealed; another
 * attempt starts from scratch and makes the same bytes.
 * @param onProgress told after each page how many items were handed to the target
 */
export async function writeFiles(
  store: Store,
  target: AnyTarget,
  batch: WorkBatch,
  onProgress: (items: number) => void = () => {},
): Promise<readonly StoredFile[]> {
  if (target.delivery.by !== 'files') throw new Error(`The target ${target.id} delivers no files.`);
  const earlier = await listFiles(store.sql, batch.id);
  if (earlier.length > 0) return earlier;
  const files = fileStore(store, batch.id);
  await target.delivery.render(exportedItems(store, batch.id, onProgress), files.sink, {
    batch: { id: batch.id, name: batch.name },
    currency: batch.company.currency,
    settings: batch.settings,
  });
  return store.sql.begin((sql) => files.seal(sql));
}

async function* exportedItems(store: Store, batchId: string, onProgress: (items: number) => void): AsyncGenerator<ExportedItem> {
  let handed = 0;
  let next = exportedAfter(store.sql, batchId, 0, PAGE);
  for (;;) {
    const page = await next;
    const last = page.at(-1);
    if (last === undefined) return;
    // The next page is read while the target works on this one.
    next = exportedAfter(store.sql, batchId, last.seq, PAGE);
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
    handed += page.length;
    onProgress(handed);
  }
}
