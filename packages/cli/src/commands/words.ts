import { type Money, showMoney } from '@ledgerpost/core';

/** `1,200`. */
export function count(n: number): string {
  return n.toLocaleString('en-US');
}

/** `1 document`, `4 documents`. */
export function counted(n: number, one: string): string {
  return `${count(n)} ${one}${n === 1 ? '' : 's'}`;
}

/** `$1,234.56`: minor units of a currency, as people write them. */
export function inMoney(amount: number, currency: string): string {
  return showMoney(amount as Money, currency);
}
