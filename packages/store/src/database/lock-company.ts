import type { Sql } from './open-store.ts';

/**
 * Lets one transaction at a time change the standing of a company's records; held until the transaction ends. The standing
 * of a record depends on others (a payment on its refunds, a re-allocation on its invoice), so two transactions that each
 * see only their own half would both leave it wrong. Lock first in a transaction that will call `refreshStanding` after
 * it changed rows of open_records: if it locks later, two of them can wait for each other.
 */
export async function lockCompany(sql: Sql, companyId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${SPACE}, hashtext(${companyId}))`;
}

/**
 * Keeps the standing of a company's records as it is until the transaction ends: waits for whoever holds `lockCompany`, and
 * lets nobody have it. Several transactions may hold this at once, so none of them may change what another one's standing
 * depends on. It can't become `lockCompany` later: two that both want that would wait for each other.
 */
export async function shareCompany(sql: Sql, companyId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${SPACE}, hashtext(${companyId}))`;
}

/** Lets one transaction at a time deliver a chunk: also where a worker that was thought dead still works on it. */
export async function lockChunk(
  sql: Sql,
  { batchId, fromSeq }: { readonly batchId: string; readonly fromSeq: number },
): Promise<void> {
  await sql`select pg_advisory_xact_lock(${CHUNKS}, hashtext(${batchId} || '/' || ${fromSeq}::int))`;
}

/**
 * Lets one transaction at a time decide which documents of a batch are sent: the check of the batch as a whole, or the seal of its
 * files. So a worker that was thought dead can't take a document out of files that another has sealed with it.
 */
export async function lockVerdicts(sql: Sql, batchId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${VERDICTS}, hashtext(${batchId}))`;
}

/** Apart from every other advisory lock: Postgres keeps locks of two int4 and of one int8 in separate spaces. */
const SPACE = 0x1ed6e5;
const VERDICTS = 0x1ed6e6;
const CHUNKS = 0x1ed6e7;
