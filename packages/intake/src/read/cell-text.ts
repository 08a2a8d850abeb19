import { plainText, type TextList } from './sheet-xml.ts';

/** What a cell of a workbook says, as text. */
export function cellText(
  type: string,
  value: string,
  how: { readonly texts: TextList; readonly isDay: boolean; readonly from1904: boolean },
): string {
  switch (type) {
    case 's':
      return how.texts.at(Number(value));
    case 'b':
      return value === '1' ? 'true' : 'false';
    case 'n':
      return how.isDay && /^\d+(\.\d+)?$/.test(value) ? dayOf(Number(value), how.from1904) : numberText(plainNumber(value));
    case 'd':
      return value.replace(/T00:00:00(?:\.0+)?Z?$/, '').replace('T', ' ');
    default:
      // Texts of formulas and of cells, and errors such as #N/A, which no column can read.
      return plainText(value);
  }
}

/** Excel's own formats of days and times. */
const OWN = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58,
]);

export function isDayFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return OWN.has(id);
  // Words in quotes, signs behind a backslash, colors and currencies in brackets are no parts of a day.
  const parts = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').split(';')[0]!;
  return /[dmyhs]/i.test(parts) && !/general/i.test(parts);
}

const DAY_MS = 86_400_000;

/** A workbook's days have no zone. 1900 counts as a leap year in them, so they begin a day early. */
function dayOf(serial: number, from1904: boolean): string {
  const first = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  const at = new Date(first + Math.round(serial * 86_400) * 1_000);
  if (Number.isNaN(at.getTime()) || at.getTime() - first >= 2_958_466 * DAY_MS) return String(serial);
  const text = at.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}

/** A number cell with three fraction digits gets a fourth: as text `10.005` may be ten thousand and five. */
function numberText(text: string): string {
  return /^-?\d{1,3}\.\d{3}$/.test(text) ? `${text}0` : text;
}

/** Excel stores 12,900 as 1.29E4 at times, and 18.66 as 18.660000000000001: 15 digits are what it shows and means. */
function plainNumber(text: string): string {
  if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return text;
  if (!/[eE]/.test(text) && text.replace(/\D/g, '').length <= 15) return text;
  if (!text.includes('.') && !/[eE]/.test(text)) return text;
  const [mantissa, exponent] = Number(text).toPrecision(15).split('e');
  if (exponent === undefined) return trimZeros(mantissa!);
  return trimZeros(shifted(mantissa!, Number(exponent)));
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
}

function shifted(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '0', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = whole + fraction;
  const point = whole.length + exponent;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits.padEnd(point, '0');
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
