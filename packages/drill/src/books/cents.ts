import { formatMoney, parseMoney, toMoney } from '@ledgerpost/core';

/** Whole cents of an amount in a record or in the simulator. */
export function cents(amount: unknown): number {
  const parsed = parseMoney(String(amount ?? 0), 'USD');
  if (parsed === undefined) throw new Error(`${String(amount)} is not an amount in whole cents.`);
  return parsed;
}

/** Cents as the decimal string that records use. */
export function usd(whole: number): string {
  return formatMoney(toMoney(whole), 'USD');
}
