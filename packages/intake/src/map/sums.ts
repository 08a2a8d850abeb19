import { formatMoney, multiply, parseMoney } from '@ledgerpost/core';

/** Decimal strings of the same currency; exact, in minor units. `digits` of a currency that has three. */
const WIDE = 'KWD';

/** a − b, exactly, without trailing zeros beyond what the two have. */
export function subtract(a: string, b: string): string {
  return fromThousandths(minor(a) - minor(b));
}

export function add(amounts: readonly string[]): string {
  return fromThousandths(amounts.reduce((all, amount) => all + minor(amount), 0));
}

export function isSame(a: string, b: string): boolean {
  return minor(a) === minor(b);
}

/** Below zero if `a` is less. */
export function compareAmounts(a: string, b: string): number {
  return minor(a) - minor(b);
}

/** quantity × price as money of that currency; undefined where one of them has too many digits. */
export function times(quantity: string, price: string, currency: string): string | undefined {
  const product = multiply(quantity, price, currency);
  return product === undefined ? undefined : formatMoney(product, currency);
}

export function negated(amount: string): string {
  return !/[1-9]/.test(amount) ? amount : amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}

/** For sums over many rows; undefined for an amount with more fraction digits. */
export function thousandths(amount: string): number | undefined {
  return parseMoney(amount, WIDE);
}

export function fromThousandths(amount: number): string {
  const magnitude = Math.abs(amount);
  const behind = magnitude % 1_000;
  const whole = `${amount < 0 ? '-' : ''}${(magnitude - behind) / 1_000}`;
  return behind === 0 ? whole : `${whole}.${shortest(String(behind).padStart(3, '0'))}`;
}

function minor(amount: string): number {
  const money = parseMoney(amount, WIDE);
  if (money === undefined) throw new RangeError(`${amount} has more than three fraction digits.`);
  return money;
}

function shortest(digits: string): string {
  let end = digits.length;
  while (digits.charCodeAt(end - 1) === ZERO) end -= 1;
  return digits.slice(0, end);
}

const ZERO = 48;
