import type { ItemState } from '@ledgerpost/core';
import {
  hasOnlyFirsts,
  isStandingAlready,
  lockChunk,
  lockCompany,
  postFiled,
  postItems,
  type Range,
  type Sql,
  type Store,
  shareCompany,
  type WorkBatch,
} from '@ledgerpost/store';
import { refreshRecords } from '../recording/refresh-records.ts';

/**
 * The push of a file target: once the files are stored and hashed, their documents count as posted. A person confirms later
 * that the files were loaded. Most chunks are first documents of records that nobody has changed since: those are posted beside
 * one another. Where anything else has to be computed again, the chunk has the company's lock for itself.
 * @param isDone called in the transaction that posts them, at its end
 */
export async function deliverFiles(
  store: Store,
  batch: WorkBatch,
  range: Range,
  isDone: (sql: Sql) => Promise<void>,
): Promise<void> {
  // What is ready is in the files only where those say so: files from before 0.3.0 hold what is exported, and nothing else.
  const from = batch.filed === null ? (['exported'] as const) : (['ready', 'exported'] as const);
  if ((await hasOnlyFirsts(store.sql, range, from)) && (await deliverBeside(store, batch, range, from, isDone))) return;
  await store.sql.begin(async (sql) => {
    await lockCompany(sql, batch.company.id);
    await refreshRecords(sql, batch, await postItems(sql, range, undefined, from));
    await isDone(sql);
  });
}

/** @returns whether it could; if not, nothing has changed */
function deliverBeside(
  store: Store,
  batch: WorkBatch,
  range: Range,
  from: readonly ItemState[],
  isDone: (sql: Sql) => Promise<void>,
): Promise<boolean> {
  return store.sql
    .begin(async (sql) => {
      await Promise.all([shareCompany(sql, batch.company.id), lockChunk(sql, range)]);
      if (!(await postFiled(sql, range, from))) throw new NeedsLock();
      await isDone(sql);
      return true;
    })
    .catch((error: unknown) => {
      if (error instanceof NeedsLock || isStandingAlready(error)) return false;
      throw error;
    });
}

/** Rolls back what only the company's lock can do right. */
class NeedsLock extends Error {}
