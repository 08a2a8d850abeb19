import { type Money, parseMoney, toDecimal } from '@ledgerpost/core';

/** Minor units as the API carries them: a JSON number. */
export function onWire(amount: Money, currency: string): number {
  return toDecimal(amount, currency);
}

/** Minor units of an amount in an answer; undefined if there is none, or it has more digits than the currency. */
export function offWire(amount: number | undefined, currency: string): Money | undefined {
  return amount === undefined ? undefined : parseMoney(String(amount), currency);
}
