/** Whether the text is a day of the calendar, YYYY-MM-DD: "2027-02-29" is not. */
export function isDate(text: string): boolean {
  if (text.length !== 10 || text.charCodeAt(4) !== HYPHEN || text.charCodeAt(7) !== HYPHEN) return false;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** The number that stands there, or -1. Without a RegExp, because each day of each record is looked at several times. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

const HYPHEN = 45;

/** The formats of days in books. YYYY, MM and DD are replaced; everything else is copied. */
export type DateFormat = 'YYYY-MM-DD' | 'MM/DD/YYYY' | 'DD/MM/YYYY' | 'MM-DD-YYYY' | 'DD-MM-YYYY' | 'DD.MM.YYYY' | 'YYYY/MM/DD';
/** All of them, for an admin to choose from. */
export const DATE_FORMATS = [
  'YYYY-MM-DD',
  'MM/DD/YYYY',
  'DD/MM/YYYY',
  'MM-DD-YYYY',
  'DD-MM-YYYY',
  'DD.MM.YYYY',
  'YYYY/MM/DD',
] as const satisfies readonly DateFormat[];

/** Writes a day in another format. No time of day is involved, so no time zone can change the day. */
export function formatDate(date: string, format: DateFormat): string {
  return format.replace('YYYY', date.slice(0, 4)).replace('MM', date.slice(5, 7)).replace('DD', date.slice(8, 10));
}

/** The day it is in that zone at that moment (milliseconds since 1970). Throws RangeError for an unknown zone. */
export function dayIn(timeZone: string, epochMs: number): string {
  let clock = CLOCKS.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en', { timeZone, calendar: 'iso8601', year: 'numeric', month: '2-digit', day: '2-digit' });
    CLOCKS.set(timeZone, clock);
  }
  const part = Object.fromEntries(clock.formatToParts(epochMs).map(({ type, value }) => [type, value]));
  return `${String(part.year).padStart(4, '0')}-${part.month}-${part.day}`;
}

/** Whether the zone is one that this runtime knows by its IANA name. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The day so many days later (earlier, where negative). */
export function addDays(date: string, days: number): string {
  return new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)) + days))
    .toISOString()
    .slice(0, 10);
}

const CLOCKS = new Map<string, Intl.DateTimeFormat>();

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
