declare const money: unique symbol;

/** Whole minor units of a company's currency (cents), as a safe integer. JSON-shaped on purpose: a bigint survives neither JSON nor Temporal. */
export type Money = number & { readonly [money]: true };

/** No money. */
export const ZERO = 0 as Money;

/** Whole minor units as money. Throws RangeError for anything but a safe integer: that is our defect, never the data's. */
export function toMoney(minorUnits: number): Money {
  if (!Number.isSafeInteger(minorUnits)) throw new RangeError(`${minorUnits} is no whole number of minor units.`);
  return (minorUnits === 0 ? 0 : minorUnits) as Money;
}

/**
 * Reads a decimal string ("129.5" is 129.50, a leading "-" is fine). Undefined for anything but a plain decimal number,
 * for more fraction digits than the currency has ("1.005" in USD), and for more than a safe integer holds.
 */
export function parseMoney(text: string, currency: string): Money | undefined {
  return scaledInteger(text, currencyDigits(currency)) as Money | undefined;
}

/** The decimal string with exactly the currency's digits: 12950 in USD is "129.50". */
export function formatMoney(amount: Money, currency: string): string {
  const digits = currencyDigits(currency);
  const sign = amount < 0 ? '-' : '';
  const units = String(Math.abs(amount)).padStart(digits + 1, '0');
  if (digits === 0) return sign + units;
  return `${sign}${units.slice(0, -digits)}.${units.slice(-digits)}`;
}

/** As people read it on a screen or in a sentence: 120450 in USD is "$1,204.50". Never sent anywhere, never parsed. */
export function showMoney(amount: Money, currency: string): string {
  let format = FORMATS.get(currency);
  if (!format) {
    format = new Intl.NumberFormat('en-US', {
      style: 'currency',
      currency,
      minimumFractionDigits: currencyDigits(currency),
      maximumFractionDigits: currencyDigits(currency),
    });
    FORMATS.set(currency, format);
  }
  // As text: a floating point number could round the digits.
  return format.format(formatMoney(amount, currency) as `${number}`);
}

/** The double nearest to the decimal string, for spreadsheets, whose cells hold doubles. Never calculate with it. */
export function toDecimal(amount: Money, currency: string): number {
  // Both are exact, and a quotient is rounded to the nearest double, as the number that the text would be read as.
  return amount / 10 ** currencyDigits(currency) + 0;
}

/** The exact sum, zero for no amounts. Undefined where a safe integer can't hold it, or one of the sums on the way. */
export function sum(amounts: Iterable<Money>): Money | undefined {
  let total = 0;
  for (const amount of amounts) {
    total += amount;
    if (!Number.isSafeInteger(total)) return undefined;
  }
  return safe(total);
}

/**
 * quantity × unit price, rounded half away from zero to the currency's digits. Both are decimal strings with up to 7 fraction
 * digits. Undefined if one of them is not such a number, or if a safe integer can't hold the product.
 */
export function multiply(quantity: string, unitPrice: string, currency: string): Money | undefined {
  const q = scaledInteger(quantity, FACTOR_DIGITS);
  const p = scaledInteger(unitPrice, FACTOR_DIGITS);
  if (q === undefined || p === undefined) return multiplyLong(quantity, unitPrice, currency);
  // Both factors carry 10^5, so the product carries 10^10.
  const divisor = 10 ** (2 * FACTOR_DIGITS - currencyDigits(currency));
  const product = q * p;
  if (Number.isSafeInteger(product)) {
    const magnitude = Math.abs(product);
    const rest = magnitude % divisor;
    const rounded = (magnitude - rest) / divisor + (rest * 2 >= divisor ? 1 : 0);
    return safe(product < 0 ? -rounded : rounded);
  }
  return roundedBy(BigInt(q) * BigInt(p), BigInt(divisor));
}

/** The same for factors with more digits than nearly all have, and than a safe integer holds. */
function multiplyLong(quantity: string, unitPrice: string, currency: string): Money | undefined {
  if (!isDecimal(quantity, MOST_FACTOR_DIGITS) || !isDecimal(unitPrice, MOST_FACTOR_DIGITS)) return undefined;
  const scaled = (text: string) => {
    const [whole = '', fraction = ''] = text.split('.');
    return BigInt(whole + fraction.padEnd(MOST_FACTOR_DIGITS, '0'));
  };
  const divisor = 10n ** BigInt(2 * MOST_FACTOR_DIGITS - currencyDigits(currency));
  return roundedBy(scaled(quantity) * scaled(unitPrice), divisor);
}

function roundedBy(exact: bigint, divisor: bigint): Money | undefined {
  const magnitude = exact < 0n ? -exact : exact;
  const rounded = Number((magnitude * 2n + divisor) / (divisor * 2n));
  return safe(exact < 0n ? -rounded : rounded);
}

/** Whether the text is a plain decimal number with at most so many fraction digits. */
export function isDecimal(text: string, maxFractionDigits: number): boolean {
  const match = DECIMAL.exec(text);
  return match !== null && (match[1]?.length ?? 0) <= maxFractionDigits;
}

/** How many digits the currency has after the point, by ISO 4217; two unless the table of exceptions has it. */
export function currencyDigits(currency: string): number {
  return DIGITS.get(currency) ?? 2;
}

const FORMATS = new Map<string, Intl.NumberFormat>();
const FACTOR_DIGITS = 5;
const MOST_FACTOR_DIGITS = 7;
const DECIMAL = /^-?\d+(?:\.(\d+))?$/;

/** ISO 4217's currencies with other than two digits. */
const DIGITS: ReadonlyMap<string, number> = new Map([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'].map(
    (code) => [code, 0] as const,
  ),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3] as const),
  ...['CLF', 'UYW'].map((code) => [code, 4] as const),
]);

function safe(value: number): Money | undefined {
  return Number.isSafeInteger(value) ? ((value === 0 ? 0 : value) as Money) : undefined;
}

/** text × 10^digits. Without a RegExp, because this runs for every number of every record. */
function scaledInteger(text: string, digits: number): number | undefined {
  const negative = text.charCodeAt(0) === 45;
  const start = negative ? 1 : 0;
  let value = 0;
  let point = -1;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (point !== -1 || i === start) return undefined;
      point = i;
    } else {
      const digit = code - 48;
      if (digit < 0 || digit > 9) return undefined;
      value = value * 10 + digit;
      if (value > Number.MAX_SAFE_INTEGER) return undefined;
    }
  }
  if (text.length === start || point === text.length - 1) return undefined;
  const fraction = point === -1 ? 0 : text.length - point - 1;
  if (fraction > digits) return undefined;
  value *= 10 ** (digits - fraction);
  if (value > Number.MAX_SAFE_INTEGER) return undefined;
  return negative && value !== 0 ? -value : value;
}
