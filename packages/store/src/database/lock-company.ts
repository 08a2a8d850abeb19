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
 * Lets one transaction at a time decide which documents of a batch are sent: the check of the batch as a whole, or the seal of its
 * files. So a worker that was thought dead can't take a document out of files that another has sealed with it.
 */
export async function lockVerdicts(sql: Sql, batchId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${VERDICTS}, hashtext(${batchId}))`;
}

/** Apart from every other advisory lock: Postgres keeps locks of two int4 and of one int8 in separate spaces. */
const SPACE = 0x1ed6e5;
const VERDICTS = 0x1ed6e6;
