import type { Sql } from './open-store.ts';

/**
 * Lets one transaction at a time change what a company's records ask for; held until the transaction ends. What a
 * record asks for depends on others (a payment on its refunds, a re-allocation on its invoice), so two transactions
 * that each see only their own half would both leave it wrong. Take it first in a transaction that will call
 * `refreshStanding` after it changed rows of open_records: taken later, two of them can wait for each other.
 */
export async function lockCompany(sql: Sql, companyId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${SPACE}, hashtext(${companyId}))`;
}

/** Apart from every other advisory lock: Postgres keeps locks of two int4 and of one int8 in separate spaces. */
const SPACE = 0x1ed6e5;
