import { lockCompany, postItems, type Range, type Sql, type WorkBatch } from '@ledgerpost/store';
import { refreshRecords } from '../recording/refresh-records.ts';

/**
 * The push of a file target: once the files are stored and hashed, their documents count as posted. A person confirms later
 * that the files were loaded. Run it in a transaction.
 */
export async function deliverFiles(sql: Sql, batch: WorkBatch, range: Range): Promise<void> {
  await lockCompany(sql, batch.company.id);
  // What is ready is in the files only where those say so: files from before 0.3.0 hold what is exported, and nothing else.
  const from = batch.filed === null ? (['exported'] as const) : (['ready', 'exported'] as const);
  await refreshRecords(sql, batch, await postItems(sql, range, undefined, from));
}
