import { dayIn, isDate } from '@ledgerpost/core';
import type { DateReading } from './mapping.ts';
import { unquoted } from './read-number.ts';

/** Which readings fit a cell; all for an empty one. */
export function dateReadings(cell: string): readonly DateReading[] {
  if (isDate(cell)) return ISO_ALONE;
  let fits = FITS.get(cell);
  if (fits === undefined) {
    const text = unquoted(cell);
    fits = text === '' || /^[-–—]$/.test(text) ? ALL : ALL.filter((reading) => partsOf(text, reading) !== undefined);
    if (FITS.size >= MOST_DAYS) FITS.clear();
    FITS.set(cell, fits);
  }
  return fits;
}

/** Days come again and again, and a look-up is cheaper than taking them apart. */
const FITS = new Map<string, readonly DateReading[]>();
const MOST_DAYS = 5_000;

const ISO_ALONE: readonly DateReading[] = ['iso'];
const ALL: readonly DateReading[] = ['iso', 'month-name', 'mdy', 'dmy'];

/**
 * A day, YYYY-MM-DD. A time with an offset is the day in the company's zone then; a time without is in `zone`, if the file's times
 * are known to be in one that is not the company's.
 * @returns undefined for an empty cell, null for what is no day in this reading
 */
export function readDate(
  cell: string,
  reading: DateReading,
  zones: { readonly company: string; readonly file?: string | undefined },
): string | null | undefined {
  if (reading === 'iso' && isDate(cell)) return cell;
  const text = unquoted(cell);
  if (text === '' || /^[-–—]$/.test(text)) return undefined;
  const parts = partsOf(text, reading);
  if (parts === undefined) return null;
  const { day, time, offset } = parts;
  if (time === undefined) return day;
  if (offset !== undefined) return dayIn(zones.company, Date.parse(`${day}T${time}${offset}`));
  if (zones.file === undefined || zones.file === zones.company) return day;
  return dayIn(zones.company, instantIn(zones.file, day, time));
}

interface Parts {
  readonly day: string;
  readonly time?: string | undefined;
  readonly offset?: string | undefined;
}

const TIME = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?`;
const WEEKDAY = String.raw`(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s+)?`;
const ISO = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${TIME}$`);
const SLASHED = new RegExp(`^(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4}|\\d{2})${TIME}$`);
const NAME_FIRST = new RegExp(`^${WEEKDAY}([A-Za-z]{3,9})\\.?[\\s-]+(\\d{1,2})(?:st|nd|rd|th)?,?[\\s-]+(\\d{4})${TIME}$`);
const DAY_FIRST = new RegExp(
  `^${WEEKDAY}(\\d{1,2})(?:st|nd|rd|th)?\\.?[\\s/-]+([A-Za-z]{3,9})\\.?,?[\\s/-]+(\\d{4}|\\d{2})${TIME}$`,
);

function partsOf(text: string, reading: DateReading): Parts | undefined {
  switch (reading) {
    case 'iso': {
      const match = ISO.exec(text);
      return match === null ? undefined : parts(match[1]!, match[3]!, match[4]!, match.slice(5));
    }
    case 'mdy':
    case 'dmy': {
      const match = SLASHED.exec(text);
      if (match === null) return undefined;
      const [, first, , second, year] = match as unknown as string[];
      const [month, day] = reading === 'mdy' ? [first!, second!] : [second!, first!];
      return parts(fullYear(year!), month, day, match.slice(5));
    }
    case 'month-name': {
      const named = NAME_FIRST.exec(text);
      if (named !== null) return parts(named[3]!, monthOf(named[1]!), named[2]!, named.slice(4));
      const dayFirst = DAY_FIRST.exec(text);
      return dayFirst === null
        ? undefined
        : parts(fullYear(dayFirst[3]!), monthOf(dayFirst[2]!), dayFirst[1]!, dayFirst.slice(4));
    }
    default:
      return reading satisfies never;
  }
}

function parts(year: string, month: string | undefined, date: string, rest: readonly (string | undefined)[]): Parts | undefined {
  if (month === undefined) return undefined;
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  if (!isDate(day)) return undefined;
  const [hours, minutes, seconds = '00', half, zone] = rest;
  if (hours === undefined) return zone === undefined ? { day } : undefined;
  const hour = hourOf(Number(hours), half);
  if (hour === undefined || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const offset = zone === undefined ? undefined : /^[ZUG]/.test(zone) ? 'Z' : zone.replace(/(\d\d):?(\d\d)$/, '$1:$2');
  return { day, time: `${String(hour).padStart(2, '0')}:${minutes}:${seconds}`, offset };
}

function hourOf(hours: number, half: string | undefined): number | undefined {
  if (half === undefined) return hours <= 23 ? hours : undefined;
  if (hours < 1 || hours > 12) return undefined;
  return (hours % 12) + (/^p/i.test(half) ? 12 : 0);
}

/** Two digits are this century: no field-service system kept books in the last one. */
function fullYear(year: string): string {
  return year.length === 2 ? `20${year}` : year;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const FULL = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

function monthOf(name: string): string | undefined {
  const lower = name.toLowerCase();
  const at = MONTHS.indexOf(lower) === -1 ? (lower === 'sept' ? 8 : FULL.indexOf(lower)) : MONTHS.indexOf(lower);
  return at === -1 ? undefined : String(at + 1);
}

/** The moment at which clocks in that zone show that day and time. */
function instantIn(zone: string, day: string, time: string): number {
  const asUtc = Date.parse(`${day}T${time}Z`);
  const shown = (at: number) => {
    const text = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
    return Date.parse(`${text.replace(' ', 'T')}Z`);
  };
  const first = asUtc - (shown(asUtc) - asUtc);
  return first - (shown(first) - asUtc);
}
