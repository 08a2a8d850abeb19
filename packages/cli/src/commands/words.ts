import { formatMoney, type Money } from '@ledgerpost/core';

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
  const style = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  // The digits go in as text: a floating-point number could round them.
  return style.format(formatMoney(amount as Money, currency) as `${number}`);
}
