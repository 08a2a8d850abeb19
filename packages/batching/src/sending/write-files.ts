import type { AnyTarget, Chart, ExportedItem, Json } from '@ledgerpost/core';
import {
  countForFiles,
  fileStore,
  hasGenerations,
  hashOf,
  itemsForFiles,
  listFiles,
  lockVerdicts,
  type Store,
  type StoredFile,
  type WorkBatch,
  writeNumbersOf,
} from '@ledgerpost/store';
import { keyOf } from './export-documents.ts';
import { takeFilesAhead } from './files-ahead.ts';

/** Rows read at a time: enough to keep the writer busy, few enough to keep in memory. */
const PAGE = 500;

/**
 * Lets a file target write the files of a batch into the store. Nothing counts until all are written and sealed; another
 * attempt starts from scratch and makes the same bytes. The payload of each document is made here, from the frozen document, unless
 * the files were written while documents were frozen, and hold exactly these.
 * @param onProgress called after each page with the number of items that the target has received
 * @throws Error if the files would not hold exactly the documents that are to be posted with them
 */
export async function writeFiles(
  store: Store,
  target: AnyTarget,
  batch: WorkBatch,
  chart: Chart | undefined,
  onProgress: (items: number) => void = () => {},
): Promise<readonly StoredFile[]> {
  if (target.delivery.by !== 'files') throw new Error(`The target ${target.id} writes no files.`);
  const earlier = await listFiles(store.sql, batch.id);
  if (earlier.length > 0) return earlier;
  const ahead = await takeFilesAhead(batch.id)?.seal();
  if (ahead !== undefined) return ahead;
  const files = fileStore(store, batch.id);
  const written = { items: 0 };
  await target.delivery.render(itemsToWrite(store, target, batch, chart, written, onProgress), files.sink, {
    batch: { id: batch.id, name: batch.name },
    currency: batch.company.currency,
    settings: batch.settings,
  });
  return store.sql.begin(async (sql) => {
    const [, expected] = await Promise.all([lockVerdicts(sql, batch.id), countForFiles(sql, batch.id)]);
    if (written.items !== expected) throw new Error(`The files have ${written.items} documents instead of ${expected}.`);
    return files.seal(sql, written.items);
  });
}

async function* itemsToWrite(
  store: Store,
  target: AnyTarget,
  batch: WorkBatch,
  chart: Chart | undefined,
  written: { items: number },
  onProgress: (items: number) => void,
): AsyncGenerator<ExportedItem> {
  const last = batch.plan?.items ?? 0;
  const again = await hasGenerations(store.sql, batch.company.id, batch.target);
  const read = async (fromSeq: number) => {
    if (fromSeq > last) return { items: [], numbers: new Map<number, string>() };
    const range = { batchId: batch.id, fromSeq, toSeq: fromSeq + PAGE - 1 };
    const items = await itemsForFiles(store.sql, range);
    // The first insert of a record replaces nothing, and none was refused or undone: most batches consist of these.
    const numbered = again || items.some(({ operation }) => !operation.endsWith('.insert'));
    return { items, numbers: numbered ? await writeNumbersOf(store.sql, range) : new Map<number, string>() };
  };
  let next = read(1);
  for (let fromSeq = 1; fromSeq <= last; fromSeq += PAGE) {
    const { items, numbers } = await next;
    // The next page is read while the target works on this one.
    next = read(fromSeq + PAGE);
    next.catch(() => {});
    for (const { seq, record, operation, document, payload: stored, key } of items) {
      const payload = document === null ? (stored as Json) : target.export(document, chart, batch.settings);
      written.items += 1;
      yield {
        ...{ seq, record, operation, payload },
        // Few targets of files look at it, and a hash costs more than the rest of the item.
        get key() {
          return key ?? keyOf(batch, { record, operation }, hashOf(JSON.stringify(payload)), numbers.get(seq) ?? '0');
        },
      };
    }
    onProgress(Math.min(last, fromSeq + PAGE - 1));
  }
}
