import { currencyDigits } from '@ledgerpost/core';
import type { NumberReading } from './mapping.ts';

/**
 * An amount or a quantity as exports write it, as a plain decimal string; no float on the way. `$`, thousands, `( )` for negative,
 * a minus on either side, `="363"` and blanks are understood; empty and `-` are undefined.
 * @returns undefined for an empty cell, null for what is no number
 */
export function readNumber(cell: string, reading: NumberReading): string | null | undefined {
  const behind = digitsBehind(cell);
  if (behind === 0 || (behind > 0 && reading === 'point')) return plainNumber(cell, behind);
  let text = unquoted(cell);
  if (text === '' || /^[-–—]$/.test(text)) return undefined;
  const brackets = /^((?:[A-Z]{1,2}\$|[$€£¥])?)\((.*)\)$/.exec(text);
  if (brackets) text = `${brackets[1]}${brackets[2]}`.trim();
  const [, , before, , digits, , after] = SIGNED.exec(text) ?? [];
  if (digits === undefined) return null;
  const minuses = [brackets !== null, /[-−]/.test(before ?? ''), after !== undefined].filter(Boolean).length;
  // "(-5)" may mean either.
  if (minuses > 1) return null;
  const whole = plainDigits(digits, reading);
  if (whole === undefined) return null;
  const trimmed = trimFraction(whole);
  return minuses === 1 && /[1-9]/.test(trimmed) ? `-${trimmed}` : trimmed;
}

/**
 * Most cells hold digits and perhaps a point, and a look at each letter costs a fifth of a pattern.
 * @returns how many digits stand behind the point, 0 for a whole number, -1 for anything else
 */
function digitsBehind(cell: string): number {
  const { length } = cell;
  if (length > 25) return -1;
  const start = cell.charCodeAt(0) === MINUS ? 1 : 0;
  let point = -1;
  for (let at = start; at < length; at += 1) {
    const code = cell.charCodeAt(at);
    if (code === POINT && point === -1) point = at;
    else if (code < ZERO || code > NINE) return -1;
  }
  const whole = (point === -1 ? length : point) - start;
  if (whole < 1 || whole > 15 || (whole > 1 && cell.charCodeAt(start) === ZERO)) return -1;
  if (point === -1) return 0;
  const behind = length - point - 1;
  return behind === 0 || behind > 8 ? -1 : behind;
}

const MINUS = 45;
const POINT = 46;
const NINE = 57;

/** A cell of digits, with that many of them behind the point. */
function plainNumber(cell: string, behind: number): string {
  const text = behind === 0 ? cell : trimFraction(cell);
  return text === '-0' ? '0' : text;
}

const SYMBOL = '((?:US|CA|AU|NZ|[CA])?\\$|[€£¥%]|[A-Z]{3})?';
const SIGNED = new RegExp(`^${SYMBOL}\\s*([-−+])?\\s*${SYMBOL}\\s*([\\d.,' ]+?)\\s*${SYMBOL}\\s*([-−])?$`);

/**
 * The sign or code of another currency in a text; undefined where there is none, or it may be that currency's. A dollar sign may be
 * any dollar's, and the same goes for pounds and for the yen's.
 */
export function otherCurrency(text: string, currency: string): string | undefined {
  if (!MARK.test(text)) return undefined;
  for (const [sign] of text.matchAll(MARKS)) {
    if (sign === currency || sign === '%') continue;
    if (sign.endsWith('$') && sign.length > 1) {
      if (currency.startsWith(sign.slice(0, -1))) continue;
    } else if (SIGNS[sign]?.test(currency) === true) continue;
    return sign;
  }
  return undefined;
}

const MARK = /[$€£¥A-Z]/;
const MARKS = /(?:US|CA|AU|NZ|[CA])?\$|[€£¥]|(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])/g;
const SIGNS: Readonly<Record<string, RegExp>> = {
  $: /D$|^MXN$|^ARS$|^CLP$|^COP$/,
  '€': /^EUR$/,
  '£': /^(GBP|EGP|LBP)$/,
  '¥': /^(JPY|CNY)$/,
};

/** An amount of money: as `readNumber`, with no more fraction digits than the currency has. */
export function readMoney(cell: string, reading: NumberReading, currency: string): string | null | undefined {
  const behind = digitsBehind(cell);
  // In a column of amounts a percentage is a rate, which would be read as that many dollars.
  if (behind === -1 && (cell.includes('%') || otherCurrency(cell, currency) !== undefined)) return null;
  const number = behind === -1 || (behind > 0 && reading !== 'point') ? readNumber(cell, reading) : plainNumber(cell, behind);
  if (number === undefined || number === null || behind === 0) return number;
  const digits = currencyDigits(currency);
  if (behind !== -1 && behind <= digits) return number;
  const point = number.indexOf('.');
  return point !== -1 && number.length - point - 1 > digits ? null : number;
}

/**
 * Which readings fit a cell, as an amount of that currency, or as any number; none for what is no number, both for an empty cell.
 * `1.204` is either 1,204 or more digits than the currency has: two readings that differ, since a wrong one is a thousand times off.
 */
export function numberReadings(
  cell: string,
  currency: string | undefined,
): { readonly fits: readonly NumberReading[]; readonly differ: boolean } {
  const behind = digitsBehind(cell);
  if (behind === 0) return BOTH;
  if (behind === 1 || behind === 2) return currency === undefined || behind <= currencyDigits(currency) ? ONLY_POINT : NEITHER;
  const read = (reading: NumberReading) =>
    currency === undefined ? readNumber(cell, reading) : readMoney(cell, reading, currency);
  const point = read('point');
  // "12.34" is no grouping of thousands.
  if (point !== null && TWO_DIGITS.test(cell)) return ONLY_POINT;
  const comma = read('comma');
  if (point === null && comma !== null && readNumber(cell, 'point') !== null) return UNCLEAR;
  const fits: NumberReading[] = [];
  if (point !== null) fits.push('point');
  if (comma !== null) fits.push('comma');
  return { fits, differ: fits.length === 2 && point !== comma };
}

const UNCLEAR = { fits: ['point', 'comma'], differ: true } as const;
const TWO_DIGITS = /\.\d{1,2}$/;
const BOTH = { fits: ['point', 'comma'], differ: false } as const;
const NEITHER = { fits: [], differ: false } as const;
const ONLY_POINT = { fits: ['point'], differ: false } as const;

/** Excel's way to keep a number as text, and blanks around. */
export function unquoted(cell: string): string {
  if (isPlain(cell)) return cell;
  const text = cell.replace(/[\u00A0\u202F\u2007]/g, ' ').trim();
  const quoted = /^="(.*)"$/s.exec(text);
  return (quoted ? quoted[1]! : text).trim();
}

/** Letters of ASCII with no blank around them, and no \`=\` before them: most cells, and a look at each costs less than a pattern. */
function isPlain(cell: string): boolean {
  const { length } = cell;
  if (length === 0 || cell.charCodeAt(0) === EQUALS || cell.charCodeAt(0) === BLANK || cell.charCodeAt(length - 1) === BLANK)
    return false;
  for (let at = 0; at < length; at += 1) {
    const code = cell.charCodeAt(at);
    if (code < BLANK || code > TILDE) return false;
  }
  return true;
}

const [BLANK, EQUALS, TILDE] = [32, 61, 126];

function plainDigits(text: string, reading: NumberReading): string | undefined {
  const [thousands, point] = reading === 'point' ? [',', '.'] : ['.', ','];
  const [whole = '', fraction, more] = text.split(point);
  if (more !== undefined) return undefined;
  if (fraction !== undefined && !/^\d+$/.test(fraction)) return undefined;
  if (/^\d+$/.test(whole) && whole.length <= 15) return joined(whole, fraction);
  const groups = whole.replaceAll(' ', thousands).replaceAll("'", thousands).split(thousands);
  const isGrouped = groups.length > 1;
  if (isGrouped && !groups.every((group, at) => (at === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(group))) return undefined;
  const digits = groups.join('');
  if (digits === '' ? fraction === undefined : !/^\d+$/.test(digits)) return undefined;
  return joined(digits, fraction);
}

function joined(digits: string, fraction: string | undefined): string {
  const integer = digits.replace(/^0+(?=\d)/, '') || '0';
  return fraction === undefined ? integer : `${integer}.${fraction}`;
}

const ZERO = 48;

function trimFraction(text: string): string {
  let end = text.length;
  if (text.charCodeAt(end - 1) !== ZERO || !text.includes('.')) return text;
  while (text.charCodeAt(end - 1) === ZERO) end -= 1;
  return text.slice(0, text.charCodeAt(end - 1) === POINT ? end - 1 : end);
}
