import { lockCompany, postItems, type Range, type Sql, type WorkBatch } from '@ledgerpost/store';
import { refreshRecords } from '../recording/refresh-records.ts';

/**
 * The push of a file target: once the files are stored and hashed, their documents count as posted. A person confirms later
 * that the files were loaded. Run it in a transaction.
 */
export async function deliverFiles(sql: Sql, batch: WorkBatch, range: Range): Promise<void> {
  await lockCompany(sql, batch.company.id);
  await refreshRecords(sql, batch, await postItems(sql, range));
}
