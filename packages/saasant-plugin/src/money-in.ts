import { type Money, parseMoney } from '@ledgerpost/core';
import type { RowsPayload } from './fields.ts';

/** The amount that a payload's rows add up to, in minor units. A journal counts by its debits. */
export function moneyIn(payload: RowsPayload, currency: string): Money {
  const isJournal = payload.rows.some((row) => row.account !== undefined);
  let sum = 0;
  for (const row of payload.rows) {
    for (const value of [row.amount, row.taxAmount]) {
      const money = typeof value === 'number' ? parseMoney(String(value), currency) : undefined;
      if (money !== undefined && (!isJournal || money > 0)) sum += money;
    }
  }
  return sum as Money;
}
