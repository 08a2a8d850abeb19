/** Whole cents of a decimal amount as the API carries it, half away from zero. `0.1 + 0.2` and friends are absorbed here. */
export function cents(amount: unknown): number {
  return roundedTimes(Number(amount ?? 0), 100);
}

/** A decimal amount for the wire, from whole cents. */
export function amount(wholeCents: number): number {
  return wholeCents === 0 ? 0 : wholeCents / 100;
}

/** `739.00`: a decimal amount in the digits that QuickBooks sends. */
export function withDecimals(decimalAmount: number): string {
  return decimalAmount.toFixed(2);
}

/** Cents of quantity × unit price, half away from zero, as QuickBooks compares it with a line's Amount. */
export function extendedCents(quantity: number, unitPrice: number): number {
  return roundedTimes(Number((quantity * unitPrice).toPrecision(15)), 100);
}

/** Cents of a percentage of cents. */
export function percentOf(wholeCents: number, percent: number): number {
  return roundedTimes(Number((wholeCents * percent).toPrecision(15)), 0.01);
}

// Number('1.005e2') is exact where 1.005 * 100 is not, so the decimal point is moved in text.
function roundedTimes(value: number, factor: 100 | 0.01): number {
  const [digits = '0', exponent = '0'] = String(Math.abs(value)).split('e');
  const moved = Number(`${digits}e${Number(exponent) + (factor === 100 ? 2 : -2)}`);
  const rounded = Math.round(moved);
  return value < 0 && rounded !== 0 ? -rounded : rounded;
}
