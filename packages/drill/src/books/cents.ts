import { formatMoney, parseMoney, toMoney } from '@ledgerpost/core';

/** Whole cents of an amount as a record or the simulator tells it. */
export function cents(amount: unknown): number {
  const parsed = parseMoney(String(amount ?? 0), 'USD');
  if (parsed === undefined) throw new Error(`${String(amount)} is no amount of whole cents.`);
  return parsed;
}

/** Cents as the decimal string that records carry. */
export function usd(whole: number): string {
  return formatMoney(toMoney(whole), 'USD');
}
